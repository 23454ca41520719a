internal import CasaBundle
internal import CasaPolicyIR
internal import CasaSMT
internal import CasaVerify

/// `casa-dev plant POLICY BUG...`: sees whether mistakes of a compiler are refuted by counterexamples that replay.
enum PlantCommand {
    static let usage = "usage: casa-dev plant POLICY BUG..."

    static func run(_ arguments: [String]) -> Int32 {
        guard arguments.count > 1, !arguments.contains(where: { $0.hasPrefix("-") }) else {
            Output.complaint(usage)
            return 2
        }
        guard let example = Example(directory: arguments[0]), let policy = example.model.namespaces.first
        else {
            Output.complaint("error: \(arguments[0]) has errors that casa check tells")
            return 2
        }
        var isRefuted = true
        for file in arguments.dropFirst() {
            do throws(MutationFailure) {
                guard let text = Files.text(file) else { throw .failed("cannot be read") }
                let (bug, shown) = try refute(text, policy)
                Output.line("\(file): refuted: \(bug.sentence)\n\(shown.summary)\n\(shown.text)\n")
            } catch {
                switch error {
                case .failed(let reason): Output.line("\(file): not refuted: \(reason)")
                }
                isRefuted = false
            }
        }
        return isRefuted ? 0 : 1
    }

    private static func refute(
        _ text: String, _ policy: NamespacePolicy
    ) throws(MutationFailure) -> (PlantedBug, Demonstration) {
        let bug = try PlantedBug(text)
        let (subject, bytes) = try compile(bug, policy)
        let result: ProofResult
        do throws(ProofError) {
            result = try ObjectProof(of: subject.classified).run(bytes) { $0 == bug.obligation }
        } catch {
            throw .failed("\(error)")
        }
        guard let own = result.obligations.first(where: { $0.name == bug.obligation }) else {
            throw .failed("there is no obligation `\(bug.obligation)`")
        }
        switch own.answer {
        case .proved: throw .failed("`\(own.name)` was proved")
        case .undecided(let reason): throw .failed("`\(own.name)` is undecided: \(reason)")
        case .refuted(let counterexample):
            do throws(ReplayFailure) {
                return (bug, try Replay(of: bytes, legend: subject.legend).demonstrate(counterexample))
            } catch {
                throw .failed("\(error) (\(counterexample))")
            }
        }
    }

    /// The policy with what it is held to, and the bytes of a compiler with the bug.
    private static func compile(
        _ bug: PlantedBug, _ policy: NamespacePolicy
    ) throws(MutationFailure) -> (MutationSubject, [UInt8]) {
        switch bug.mistake {
        case .rules(let change):
            let subject = try MutationSubject(
                policy, as: bug.form, inventory: nil, compiling: change.applied(to: policy))
            return (subject, subject.image.bytes)
        case .template(let change):
            let subject = try MutationSubject(
                policy, as: bug.form, inventory: nil, template: try change.template())
            return (subject, subject.image.bytes)
        case .code(let change):
            let subject = try MutationSubject(policy, as: bug.form, inventory: nil)
            return (subject, try change.mutation(of: subject.image).applied(to: subject.image.bytes))
        case .table(let change):
            let subject = try MutationSubject(policy, as: bug.form, inventory: nil)
            let mutation = try change.mutation(of: subject.image, entries: subject.entries)
            return (subject, mutation.applied(to: subject.image.bytes))
        }
    }
}

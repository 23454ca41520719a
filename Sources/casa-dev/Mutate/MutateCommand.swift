internal import CasaBundle
internal import CasaDiagnostics
internal import CasaNode
internal import CasaPolicyIR

/// `casa-dev mutate PATH... [--count N] [--seed N] [--all]`: sees whether every wrong object is refuted.
enum MutateCommand {
    static let usage = "usage: casa-dev mutate DIRECTORY... [--count N] [--seed N] [--all]"

    static func run(_ arguments: [String]) -> Int32 {
        guard let options = Options(arguments) else {
            Output.complaint(usage)
            return 2
        }
        var tally = MutationTally()
        do throws(MutationFailure) {
            for directory in options.directories { tally.add(try run(directory, options)) }
        } catch {
            switch error {
            case .failed(let message): Output.complaint("error: \(message)")
            }
            return 1
        }
        Output.line("")
        for line in tally.kinds { Output.line(line) }
        Output.line(tally.conclusion)
        return tally.survived == 0 && tally.isFineEnough ? 0 : 1
    }

    private static func run(_ directory: String, _ options: Options) throws(MutationFailure) -> MutationTally
    {
        let subjects = try subjects(directory)
        var tally = MutationTally()
        var left = options.count
        for (index, subject) in subjects.enumerated() {
            // The last one makes up for those that have fewer.
            let share = left / (subjects.count - index)
            let seed = options.seed &+ UInt64(index) &* 1_000_003
            var generator = MutantGenerator(
                subject.image, entries: subject.entries, tables: subject.tables, seed: seed)
            let mutants = generator.mutants(share)
            left -= mutants.count
            let clock = ContinuousClock()
            let start = clock.now
            let reports = MutantRun(subject, seed: seed).run(mutants)
            let own = MutationTally(reports)
            let time = Self.seconds(clock.now - start)
            Output.line("\(directory): \(subject.name): \(own.conclusion), in \(time) s")
            for report in reports { show(report, all: options.showsAll) }
            tally.add(own)
        }
        return tally
    }

    /// Survivors are always shown.
    private static func show(_ report: MutantRun.Report, all: Bool) {
        let (mutant, time) = (report.mutation, seconds(report.time))
        let words = "\(mutant.kind.rawValue): \(mutant.words), in \(time) s"
        switch report.outcome {
        case .survived(let reason): Output.line("  survived: \(words)\n    \(reason)")
        case .refuted(let reason): if all { Output.line("  refuted: \(words)\n\(reason)") }
        case .rejected(let reason): if all { Output.line("  rejected: \(words)\n    \(reason)") }
        case .equivalent: if all { Output.line("  equivalent: \(words)") }
        }
    }

    private static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        return "\(seconds).\(attoseconds / 100_000_000_000_000_000)"
    }

    /// Every namespace of an example, as a tree and as a table.
    private static func subjects(_ directory: String) throws(MutationFailure) -> [MutationSubject] {
        guard let example = Example(directory: directory) else {
            throw .failed("\(directory) has errors that casa check tells")
        }
        let inventory = try inventory(of: example)
        var subjects: [MutationSubject] = []
        for policy in example.model.namespaces {
            for form in [Manifest.DecisionSummary.Form.tree, .table] {
                subjects.append(try MutationSubject(policy, as: form, inventory: inventory))
            }
        }
        return subjects
    }

    /// What a node would have learned of the example's hosts.
    private static func inventory(of example: Example) throws(MutationFailure) -> Inventory {
        var diagnostics = DiagnosticBag()
        do {
            let topology = try Topology(example)
            let text = InventoryText(topology: topology) { "/mutants/\($0.number)" }.text
            return try InventoryReader().read(
                SourceFile(name: "inventory.yaml", text: text), reporting: &diagnostics)
        } catch {
            throw .failed("\(example.directory) has no inventory: \(diagnostics.diagnostics.map(\.message))")
        }
    }

    private struct Options {
        var directories: [String] = []
        var count = 1_000
        var seed: UInt64 = 1
        var showsAll = false

        init?(_ arguments: [String]) {
            var rest = arguments[...]
            while let argument = rest.popFirst() {
                switch argument {
                case "--count":
                    guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
                    count = number
                case "--seed":
                    guard let number = rest.popFirst().flatMap({ UInt64($0) }) else { return nil }
                    seed = number
                case "--all": showsAll = true
                default:
                    guard !argument.hasPrefix("-") else { return nil }
                    directories.append(argument)
                }
            }
            if directories.isEmpty { return nil }
        }
    }
}

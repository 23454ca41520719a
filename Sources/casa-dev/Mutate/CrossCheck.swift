internal import CasaPolicyIR
internal import CasaVerify

/// Asks an object and its mutant the same things, as a second opinion on "they are equivalent".
final class CrossCheck {
    private let subject: MutationSubject
    private let seed: UInt64
    private var inputs: [String: InputCorpus] = [:]
    private lazy var asked = QuestionCorpus(subject, seed: seed)

    init(_ subject: MutationSubject, seed: UInt64) {
        self.subject = subject
        self.seed = seed
    }

    private static let calls = [
        "casa_connect4", "casa_connect6", "casa_sendmsg4", "casa_sendmsg6", "casa_sock_create",
    ]

    /// The first thing to which they answer differently; `nil` if there is none.
    func difference(_ mutation: Mutation) -> String? {
        do throws(ReplayFailure) {
            let contents = subject.tableContents
            let original = try machine(subject.image.bytes, contents)
            guard case .addresses(let section) = mutation.place else {
                let mutant = try machine(mutation.applied(to: subject.image.bytes), contents)
                return difference(original, mutant, at: mutation.place)
            }
            var changed = contents
            changed[section] = mutation.applied(to: contents[section] ?? [])
            let mutant = try machine(subject.image.bytes, changed)
            return packets(original, mutant, ["casa_egress", "casa_connect6"])
        } catch {
            return "the mutant cannot be run: \(error)"
        }
    }

    private func machine(
        _ bytes: [UInt8], _ contents: [String: [UInt8]]
    ) throws(ReplayFailure) -> ObjectMachine {
        try ObjectMachine(bytes, rules: subject.policy.rules.count, tables: contents)
    }

    private func difference(
        _ original: ObjectMachine, _ mutant: ObjectMachine, at place: Mutation.Place
    ) -> String? {
        switch place {
        case .function("casa_verdict"), .section(".rodata.decisions"): questions(original, mutant)
        case .function("casa_region4"), .function("casa_region6"): addresses(original, mutant)
        case .function(let name)
        where Self.calls.contains(name) || name == "casa_egress" || name == "casa_ingress":
            packets(original, mutant, [name])
        case .function, .section, .addresses:
            packets(original, mutant, ["casa_egress", "casa_ingress"] + Self.calls)
        }
    }

    private func questions(_ original: ObjectMachine, _ mutant: ObjectMachine) -> String? {
        for entry in asked.questions {
            let answers = [original, mutant].map {
                Self.low(
                    $0.verdict(
                        subject: entry.subject, classNumber: entry.classNumber, question: entry.question))
            }
            if answers[0] != answers[1] {
                return
                    "casa_verdict(\(entry.classNumber), 0x\(String(entry.question, radix: 16))) of subject "
                    + "\(entry.subject): \(answers[0]), mutant \(answers[1])"
            }
        }
        return nil
    }

    private func addresses(_ original: ObjectMachine, _ mutant: ObjectMachine) -> String? {
        for address in asked.addresses {
            let answers = [original, mutant].map { Self.low($0.region(of: address)) }
            if answers[0] != answers[1] { return "region of \(address): \(answers[0]), mutant \(answers[1])" }
        }
        return nil
    }

    private func packets(
        _ original: ObjectMachine, _ mutant: ObjectMachine, _ programs: [String]
    ) -> String? {
        for program in programs {
            for entry in corpus(of: program).entries {
                let answers = [original, mutant].map {
                    Self.low($0.judge(entry.input, subject: entry.subject))
                }
                if answers[0] != answers[1] {
                    return "\(program) of subject \(entry.subject) for \(entry.input.packet) in "
                        + "\(entry.input.context.prefix(48)): \(answers[0]), mutant \(answers[1])"
                }
            }
        }
        return nil
    }

    private func corpus(of program: String) -> InputCorpus {
        if let corpus = inputs[program] { return corpus }
        let corpus = InputCorpus(subject, program: program, seed: seed)
        inputs[program] = corpus
        return corpus
    }

    /// Results have 32 bits.
    private static func low(_ answer: ObjectMachine.Answer) -> ObjectMachine.Answer {
        switch answer {
        case .word(let word): .word(word & 0xFFFF_FFFF)
        case .trap: answer
        }
    }
}

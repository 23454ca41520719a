import CasaBPF
import CasaBundle
import CasaNode
import CasaPolicyIR
import CasaTestSupport

/// One generated policy and its packets, put to the evaluator, to our interpreter, and where asked to the kernel.
struct PolicyTrial {
    let seed: UInt64
    let packetCount: Int
    /// An interface that is not `lo`; without one the kernel is not asked.
    let interface: UInt32?

    /// Where answers differ.
    struct Disagreement: Error {
        let message: String
    }

    /// Events are fetched before the ring is full.
    private static let chunk = 2048

    func run() throws -> Coverage {
        var generator = PolicyGenerator(seed: seed)
        let generated = generator.generate()
        do {
            return try run(CompiledPolicy(generated))
        } catch let error as Disagreement {
            throw error
        } catch {
            throw Disagreement(message: "\(error); repeat with CASA_SEED=\(seed)\n\(generated)")
        }
    }

    func run(_ compiled: CompiledPolicy) throws -> Coverage {
        var packetGenerator = PacketGenerator(compiled.generated, seed: seed)
        let packets = packetGenerator.packets(packetCount)
        let reportsAllowed = seed % 2 == 0
        let reference = Reference(compiled.generated, reportsAllowed: reportsAllowed)
        let machine = try InterpretedObject(compiled, reportsAllowed: reportsAllowed)
        var coverage = Coverage(of: compiled)
        for subject in 0...compiled.policy.subjects.count {
            let own = packets.filter { $0.subject == subject }
            let kernel = try interface.map { interface in
                try KernelTrial(
                    compiled, subject: subject, interface: interface, reportsAllowed: reportsAllowed)
            }
            for start in stride(from: 0, to: own.count, by: Self.chunk) {
                let chunk = own[start..<min(start + Self.chunk, own.count)]
                var answers: [HookAnswer] = []
                for packet in chunk {
                    let expected = reference.answer(to: packet)
                    let answer: HookAnswer
                    do {
                        answer = try machine.answer(to: packet, interface: interface ?? 2)
                    } catch {
                        throw disagreement(
                            compiled, packet, "the interpreter stopped: \(error)", expected, nil, nil)
                    }
                    if let difference = expected.difference(from: answer) {
                        let kernel = kernel.map { $0.describeAnswer(to: packet) }
                        throw disagreement(compiled, packet, difference, expected, answer, kernel)
                    }
                    answers.append(answer)
                    coverage.note(packet, expected.verdict)
                }
                if let failure = try kernel?.firstDifference(chunk, answers) {
                    let packet = chunk[chunk.startIndex + failure.index]
                    throw disagreement(
                        compiled, packet, failure.sentence, reference.answer(to: packet),
                        answers[failure.index],
                        kernel?.describeAnswer(to: packet))
                }
            }
            if let sentence = try kernel?.countersDifference() {
                throw Disagreement(
                    message: "seed \(seed), subject \(subject): \(sentence)\n\(compiled.generated)")
            }
        }
        coverage.instructions = machine.instructionCount
        return coverage
    }

    private func disagreement(
        _ compiled: CompiledPolicy, _ packet: GeneratedPacket, _ sentence: String,
        _ expected: Reference.Answer,
        _ answer: HookAnswer?, _ kernel: String?
    ) -> Disagreement {
        Disagreement(
            message: """
                \(sentence); repeat with CASA_SEED=\(seed)
                \(packet)
                evaluator:   \(expected)
                interpreter: \(answer.map { "\($0)" } ?? "none")
                kernel:      \(kernel ?? "not asked")
                \(compiled.generated)
                """)
    }
}

import CasaBPF
import CasaPolicyIR
import CasaVerify

/// Runs the decision function of changed bytes on every question that a policy's rules suggest: a second
/// opinion on what was proved, by other code.
struct Questions {
    private let specimen: Specimen

    init(_ specimen: Specimen) {
        self.specimen = specimen
    }

    /// The first question that the bytes answer otherwise than the policy.
    func disagreement(_ bytes: [UInt8]) throws -> [UInt32]? {
        let object = try BPFObject(bytes)
        guard let function = object.functions.first(where: { $0.name == "casa_verdict" }) else { return [] }
        let plain = try Program(decoding: EncodedInstruction.slots(of: function.code) ?? [])
        var instructions = plain.instructions
        for reference in function.references {
            guard case .mapValue(let map, let offset) = reference.target,
                let number = object.dataMaps.firstIndex(where: { $0.name == map }),
                let index = plain.index(ofSlot: reference.instruction),
                case .loadImmediate64(let register, _) = instructions[index]
            else { return [] }
            instructions[index] = .loadImmediate64(register, .mapValue(.index(Int32(number)), offset: offset))
        }
        let interpreter = Interpreter(try Program(instructions))
        let policy = specimen.claimed
        let classes = Set(policy.rules.flatMap(\.classes) + [0, 1, 15, 16]).sorted()
        let ports = Set(
            policy.rules.flatMap { rule in
                [
                    rule.ports.lowerBound, rule.ports.upperBound, rule.ports.lowerBound &- 1,
                    rule.ports.upperBound &+ 1,
                ]
            }
        ).sorted()
        for subject in 0...UInt32(policy.subjectCount + 1) {
            let memory = ConcreteMemory()
            for (number, map) in object.dataMaps.enumerated() {
                let word = (0..<4).map { UInt8(truncatingIfNeeded: subject >> UInt32($0 * 8)) }
                let address = memory.allocate(map.name == ".rodata.subject" ? word : map.bytes, .read)
                memory.maps[.index(Int32(number))] = .init(handle: address, value: address)
            }
            for number in classes {
                for kind in [0, 6, 17, 1 << 8, 1 << 8 | 6, 1 << 8 | 17] as [UInt32] {
                    for port in ports {
                        let question = kind << 16 | UInt32(port)
                        let answer = try interpreter.run(
                            arguments: [UInt64(number), UInt64(question)], memory: memory
                        ).result
                        let expected = policy.word(
                            subject: subject, class: UInt32(number), question: question)
                        if answer != UInt64(expected) { return [subject, UInt32(number), question] }
                    }
                }
            }
        }
        return nil
    }
}

import CasaBPF
import CasaBundle

/// The decision functions of an object, read back from its bytes and run in the interpreter.
struct ObjectMachine {
    struct NotFound: Error {
        let function: String
    }

    private let programs: [String: Interpreter]
    private let memory: ConcreteMemory
    private let dataMaps: [BPFDataMap]

    init(_ bytes: [UInt8]) throws {
        let object = try BPFObject(bytes)
        let names = object.dataMaps.map(\.name)
        var programs: [String: Interpreter] = [:]
        // The policy's; the template's functions call each other.
        let wanted: Set = ["casa_verdict", "casa_region4", "casa_region6"]
        for function in object.functions where wanted.contains(function.name) {
            let slots = EncodedInstruction.slots(of: function.code) ?? []
            let plain = try Program(decoding: slots)
            var instructions = plain.instructions
            for reference in function.references {
                guard case .mapValue(let map, let offset) = reference.target,
                    let map = names.firstIndex(of: map),
                    let index = plain.index(ofSlot: reference.instruction),
                    case .loadImmediate64(let register, _) = instructions[index]
                else { throw NotFound(function: function.name) }
                instructions[index] = .loadImmediate64(
                    register, .mapValue(.index(Int32(map)), offset: offset))
            }
            programs[function.name] = Interpreter(try Program(instructions))
        }
        self.programs = programs
        dataMaps = object.dataMaps
        memory = ConcreteMemory()
        for (index, map) in object.dataMaps.enumerated() {
            let address = memory.allocate(map.bytes, .read)
            memory.maps[.index(Int32(index))] = .init(handle: address, value: address)
        }
    }

    func verdict(subject: UInt32, class number: UInt64, question: UInt64) throws -> (word: UInt32, steps: Int)
    {
        guard let index = dataMaps.firstIndex(where: { $0.name == ".rodata.subject" }) else {
            throw NotFound(function: ".rodata.subject")
        }
        let bytes = withUnsafeBytes(of: subject.littleEndian, Array.init)
        let address = memory.allocate(bytes, .read)
        defer { memory.release(address) }
        memory.maps[.index(Int32(index))] = .init(handle: address, value: address)
        let run = try run("casa_verdict", [number, question])
        return (UInt32(truncatingIfNeeded: run.result), run.instructionCount)
    }

    func region4(_ address: UInt32) throws -> UInt64 { try run("casa_region4", [UInt64(address)]).result }

    func region6(high: UInt64, low: UInt64) throws -> UInt64 { try run("casa_region6", [high, low]).result }

    private func run(_ name: String, _ arguments: [UInt64]) throws -> Interpreter.Execution {
        guard let program = programs[name] else { throw NotFound(function: name) }
        return try program.run(arguments: arguments, memory: memory)
    }
}

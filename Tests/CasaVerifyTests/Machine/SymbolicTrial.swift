import CasaBPF
import CasaSMT
import CasaVerify

/// A program that is run on 16 bytes and a word of which nothing is known, and then on some that are known.
struct SymbolicTrial {
    static let byteCount = 16
    static let helper: Int32 = 7

    let program: Program
    private let arena = TermArena()
    private let world: SymbolicWorld
    private let bytes: [BitVector]
    private let word: BitVector
    private let address: UInt64

    init(_ program: Program, solver: Solver?) {
        self.program = program
        world = SymbolicWorld(arena: arena, helpers: Doubling(), solver: solver)
        bytes = (0..<Self.byteCount).map { [arena] in arena.variable("memory \($0)", width: 8) }
        word = arena.variable("word", width: 64)
        address = world.add(SymbolicRegion(name: "memory", content: .bytes(bytes, isWritable: true)))
    }

    init(_ assembly: String, solver: Solver? = nil) throws {
        try self.init(
            Program(decoding: AssemblyParser.parse(assembly).slots, accepting: .registerCalls), solver: solver
        )
    }

    func joined(stepLimit: Int = 1_000_000) throws -> SymbolicPath {
        try JoinedExploration(program, in: world, stepLimit: stepLimit)
            .outcome(arguments: [world.constant(address), word], memory: SymbolicMemory(world))
    }

    func paths(prunes: Bool = false, stepLimit: Int = 1_000_000) throws -> [SymbolicPath] {
        try PathExploration(program, in: world, prunes: prunes, stepLimit: stepLimit)
            .paths(arguments: [world.constant(address), word], memory: SymbolicMemory(world))
    }

    /// Everything of the path that can be seen: whether it is the one, what it returns and leaves in memory.
    func value(of path: SymbolicPath, on input: Input) throws -> Output? {
        let model = Model(
            zip(bytes, input.bytes).flatMap { term, byte in
                term.variables.map { Model.Entry($0, UInt128(byte)) }
            } + word.variables.map { Model.Entry($0, UInt128(input.word)) })
        guard path.conditions.allSatisfy({ model.holds($0) }) else { return nil }
        let memory = try (0..<Self.byteCount).map { index in
            let byte = try path.memory.load(1, at: world.constant(address + UInt64(index)))
            return UInt8(truncatingIfNeeded: model.value(of: byte))
        }
        return Output(result: UInt64(truncatingIfNeeded: model.value(of: path.result)), memory: memory)
    }

    func interpreted(_ input: Input) throws -> Output {
        let helpers = HelperTable()
        helpers.define(Self.helper) { arguments, _ throws(Trap) in try arguments.word(.r1) &* 2 }
        let memory = ConcreteMemory()
        let address = memory.allocate(input.bytes)
        let result = try Interpreter(program, environment: helpers)
            .run(arguments: [address, input.word], memory: memory).result
        return Output(result: result, memory: try memory.bytes(at: address, count: Self.byteCount))
    }

    struct Input {
        var bytes: [UInt8]
        var word: UInt64
    }

    struct Output: Hashable {
        var result: UInt64
        var memory: [UInt8]
    }

    /// The only helper: twice its argument.
    private final class Doubling: SymbolicHelpers {
        func call(
            _ number: Int32, _ arguments: SymbolicArguments, _ memory: inout SymbolicMemory
        ) throws(Trap) -> BitVector {
            guard number == SymbolicTrial.helper else { throw .unknownHelper(number) }
            let word = try arguments.word(.r1)
            return word + word
        }
    }
}

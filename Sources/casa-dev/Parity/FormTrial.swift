internal import CasaBPF
internal import CasaSMT
internal import CasaVerify

/// Whether a machine runs a form of an instruction at all: one of it is made and executed.
struct FormTrial {
    private static let map: Int32 = 0
    private static let helper: Int32 = 5

    let row: EncodingRow

    /// Why the interpreter does not; `nil` if it does.
    func refusalOfInterpreter() throws -> Trap? {
        let memory = ConcreteMemory()
        memory.maps[.descriptor(Self.map)] = .init(handle: 1, value: memory.allocate(8))
        memory.maps[.index(Self.map)] = memory.maps[.descriptor(Self.map)]
        let helpers = HelperTable()
        helpers.define(Self.helper) { _, _ in 0 }
        do throws(Fault) {
            _ = try Interpreter(program(), environment: helpers).run(memory: memory)
            return nil
        } catch {
            return error.trap
        }
    }

    /// Why the symbolic machine does not; `nil` if it does.
    func refusalOfSymbolicMachine() throws -> Trap? {
        let world = SymbolicWorld(arena: TermArena(), helpers: NoEffect(), solver: nil)
        _ = world.add(SymbolicRegion(name: "map", content: .unknown))
        world.valueRegions[Self.map] = 0
        do throws(Fault) {
            _ = try PathExploration(program(), in: world).paths(arguments: [], memory: SymbolicMemory(world))
            return nil
        } catch {
            return error.trap
        }
    }

    /// Registers and stack are filled; a function and the address of one lead behind the last `exit`.
    private func program() throws(Fault) -> Program {
        var operands = OperandFields(destination: .r3, source: .r4)
        switch row.operation {
        case .load, .loadSigned: (operands.source, operands.offset) = (.r10, -8)
        case .store, .atomic: (operands.destination, operands.offset) = (.r10, -8)
        case .callHelper: operands.immediate = Self.helper
        case .callFunction, .loadImmediate64(.function): operands.immediate = 2
        case .loadImmediate64, .arithmetic, .negate, .extendSign, .orderBytes, .jump, .jumpFar, .branch,
            .callRegister, .exit:
            break
        }
        var instructions: [Instruction] = Register.allCases.filter { $0 != .r10 }.map {
            .arithmetic(.move, .bits64, $0, .immediate(Self.helper))
        }
        instructions.append(.store(.double, base: .r10, offset: -8, .immediate(1)))
        instructions.append(Instruction(row.operation, operands))
        instructions += [.arithmetic(.move, .bits64, .r0, .immediate(0)), .exit]
        instructions += [.arithmetic(.move, .bits64, .r0, .immediate(0)), .exit]
        do {
            return try Program(instructions)
        } catch {
            preconditionFailure("a program around one instruction is whole: \(error)")
        }
    }

    private final class NoEffect: SymbolicHelpers {
        func call(
            _ number: Int32, _ arguments: SymbolicArguments, _ memory: inout SymbolicMemory
        ) throws(Trap) -> BitVector { memory.world.constant(0) }
    }
}

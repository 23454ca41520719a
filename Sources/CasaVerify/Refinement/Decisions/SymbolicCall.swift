internal import CasaBPF
internal import CasaSMT

/// A decision function of arguments and a subject that are terms, over a table of unknown content.
struct SymbolicCall {
    let function: DecisionFunction
    let arguments: [BitVector]
    let subject: BitVector
    let world: SymbolicWorld

    init(_ function: DecisionFunction, _ arguments: [BitVector], subject: BitVector, _ inquiry: Inquiry) {
        self.function = function
        self.arguments = arguments
        self.subject = subject
        // Nothing is asked on the way: what would need it is no decision function.
        world = SymbolicWorld(arena: inquiry.arena, helpers: NoHelpers(), solver: nil)
        let word: [BitVector?] = (0..<4).map { subject[$0 * 8..<$0 * 8 + 8] }
        for (number, map) in function.dataMaps.enumerated() where function.referenced.contains(map.name) {
            let content: SymbolicRegion.Content =
                map.name == DecisionFunction.subjectMap ? .bytes(word, isWritable: false) : .unknown
            world.valueRegions[Int32(number)] = world.regions.count
            _ = world.add(SymbolicRegion(name: map.name, content: content))
        }
    }

    /// Every way through the function.
    func paths() throws(ProofError) -> [SymbolicPath] {
        do {
            return try PathExploration(function.program, in: world, stepLimit: stepLimit)
                .paths(arguments: arguments, memory: SymbolicMemory(world))
        } catch {
            throw .rejected("`\(function.name)`: \(error)")
        }
    }

    /// Every way through a function that probes a table.
    func probes() throws(ProofError) -> ProbeExploration.Result {
        do {
            return try ProbeExploration(function.program, in: world, stepLimit: stepLimit)
                .run(arguments)
        } catch {
            throw .rejected("`\(function.name)`: \(error)")
        }
    }

    /// A tree takes a step an instruction, and a probe less than a hundred for each three that look for a
    /// piece; more is a loop.
    private var stepLimit: Int { function.program.steps.count * 64 + 4096 }

    /// The numbers that a model gives the function.
    func concrete(_ model: Model) -> (subject: UInt32, arguments: [UInt64]) {
        (
            UInt32(truncatingIfNeeded: model.value(of: subject)),
            arguments.map { UInt64(truncatingIfNeeded: model.value(of: $0)) }
        )
    }
}

/// Decision functions call nothing.
private final class NoHelpers: SymbolicHelpers {
    func call(
        _ number: Int32, _ arguments: SymbolicArguments, _ memory: inout SymbolicMemory
    ) throws(Trap) -> BitVector {
        throw .unsupported("a decision function calls helper \(number)")
    }
}

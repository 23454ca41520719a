internal import CasaBPF

/// A decision function of an object: its instructions, with the data that they refer to by number.
///
/// The number that stands for a data map is its place in the object.
struct DecisionFunction {
    static let subjectMap = ".rodata.subject"
    static let tableMap = ".rodata.decisions"

    let name: String
    let program: Program
    let dataMaps: [BPFDataMap]
    /// The names of the maps that some instruction refers to.
    let referenced: Set<String>

    init(named name: String, of object: BPFObject) throws(ProofError) {
        guard let function = object.functions.first(where: { $0.name == name && $0.isGlobal }) else {
            throw .rejected("the object has no global function `\(name)`")
        }
        self.name = name
        dataMaps = object.dataMaps
        var referenced: Set<String> = []
        do {
            let plain = try Program(decoding: EncodedInstruction.slots(of: function.code) ?? [])
            var instructions = plain.instructions
            for (slot, instruction) in zip(plain.slots, instructions) {
                if case .loadImmediate64(_, let source) = instruction, !source.isValue {
                    throw ProofError.rejected("`\(name)` names a map by number at instruction \(slot)")
                }
            }
            for reference in function.references {
                guard case .mapValue(let map, let offset) = reference.target,
                    let number = dataMaps.firstIndex(where: { $0.name == map }),
                    let index = plain.index(ofSlot: reference.instruction),
                    case .loadImmediate64(let register, _) = instructions[index]
                else {
                    let place = "instruction \(reference.instruction)"
                    throw ProofError.rejected("`\(name)` refers to more than data at \(place)")
                }
                referenced.insert(map)
                instructions[index] = .loadImmediate64(
                    register, .mapValue(.descriptor(Int32(number)), offset: offset))
            }
            program = try Program(instructions)
        } catch let error as ProofError {
            throw error
        } catch {
            throw .rejected("`\(name)`: \(error)")
        }
        self.referenced = referenced
    }

    /// Refuses code that looks at anything else.
    func requireReferences(among allowed: Set<String>) throws(ProofError) {
        for map in referenced.sorted() where !allowed.contains(map) {
            throw .rejected("`\(name)` refers to \(map)")
        }
    }
}

extension ImmediateSource {
    fileprivate var isValue: Bool {
        switch self {
        case .value: true
        case .map, .mapValue, .variable, .function: false
        }
    }
}

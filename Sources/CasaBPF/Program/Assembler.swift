/// Lays out instructions in order, with labels for jumps and symbols for what the linker knows.
///
/// A tag given to an instruction comes out again in ``AssembledCode/annotations``.
package struct Assembler: Sendable {
    /// A place in the code that can be jumped to before it is known.
    package struct Label: Hashable, Sendable {
        fileprivate let number: Int
    }

    private struct Reference {
        let slot: Int
        let label: Label
        let instruction: Instruction
    }

    private var slots: [EncodedInstruction] = []
    private var places: [Int?] = []
    private var references: [Reference] = []
    private var relocations: [CodeRelocation] = []
    private var functionStarts: [(symbol: String, slot: Int)] = []
    private var annotations: [CodeAnnotation] = []
    private var framePointerWrite: Int?

    package init() {}

    /// How many slots have been emitted.
    package var slotCount: Int { slots.count }

    package mutating func label() -> Label {
        places.append(nil)
        return Label(number: places.count - 1)
    }

    /// Lets a label stand for the instruction that is emitted next.
    package mutating func place(_ label: Label) {
        precondition(places[label.number] == nil, "a label has one place")
        places[label.number] = slots.count
    }

    /// Starts a function; it ends where the next one starts, or with the code.
    package mutating func function(_ symbol: String) {
        functionStarts.append((symbol, slots.count))
    }

    package mutating func emit(_ instruction: Instruction, tag: Int? = nil) {
        if instruction.writtenRegister == .r10 && framePointerWrite == nil { framePointerWrite = slots.count }
        if let tag { annotations.append(CodeAnnotation(slot: slots.count, tag: tag)) }
        slots.append(contentsOf: Encoder.encode(instruction))
    }

    package mutating func branch(
        _ condition: Condition, _ width: Width, _ left: Register, _ right: Operand, to label: Label,
        tag: Int? = nil
    ) {
        refer(.branch(condition, width, left, right, 0), label, tag)
    }

    package mutating func jump(to label: Label, tag: Int? = nil) {
        refer(.jump(0), label, tag)
    }

    /// A jump with a reach of 32 bits, which kernels know from 6.6 on.
    package mutating func jumpFar(to label: Label, tag: Int? = nil) {
        refer(.jumpFar(0), label, tag)
    }

    /// A call of a function in this code, resolved here.
    package mutating func call(_ label: Label, tag: Int? = nil) {
        refer(.call(.function(0)), label, tag)
    }

    /// A call of a function that the linker finds, in this code or in another object.
    package mutating func call(symbol: String, tag: Int? = nil) {
        relocate(.call(.function(-1)), symbol, 0, .call, tag)
    }

    /// Loads the map that a symbol names.
    package mutating func loadMap(_ register: Register, symbol: String, tag: Int? = nil) {
        relocate(.loadImmediate64(register, .value(0)), symbol, 0, .map, tag)
    }

    /// Loads the address of a variable in a data section, or of bytes `addend` past it.
    package mutating func loadMapValue(
        _ register: Register, symbol: String, addend: Int32 = 0, tag: Int? = nil
    ) {
        let immediate = UInt64(UInt32(bitPattern: addend))
        relocate(.loadImmediate64(register, .value(immediate)), symbol, addend, .mapValue, tag)
    }

    /// Loads the address of a function that the linker finds.
    package mutating func loadFunction(_ register: Register, symbol: String, tag: Int? = nil) {
        relocate(.loadImmediate64(register, .value(0)), symbol, 0, .function, tag)
    }

    /// Resolves every jump.
    package func finish() throws(AssemblyError) -> AssembledCode {
        if let slot = framePointerWrite { throw .writesFramePointer(slot: slot) }
        var slots = slots
        for reference in references {
            guard let place = places[reference.label.number] else {
                throw .unplacedLabel(slot: reference.slot)
            }
            let distance = place - reference.slot - reference.instruction.slotCount
            guard let instruction = reference.instruction.reaching(distance) else {
                throw .jumpOutOfReach(slot: reference.slot, distance: distance)
            }
            slots[reference.slot] = Encoder.encode(instruction)[0]
        }
        let ends = functionStarts.dropFirst().map(\.slot) + [slots.count]
        return AssembledCode(
            slots: slots, relocations: relocations,
            functions: zip(functionStarts, ends).map { CodeFunction(symbol: $0.symbol, slots: $0.slot..<$1) },
            annotations: annotations)
    }

    private mutating func refer(_ instruction: Instruction, _ label: Label, _ tag: Int?) {
        references.append(Reference(slot: slots.count, label: label, instruction: instruction))
        emit(instruction, tag: tag)
    }

    private mutating func relocate(
        _ instruction: Instruction, _ symbol: String, _ addend: Int32, _ kind: CodeRelocation.Kind,
        _ tag: Int?
    ) {
        relocations.append(
            CodeRelocation(instructionIndex: slots.count, symbol: symbol, addend: addend, kind: kind))
        emit(instruction, tag: tag)
    }
}

extension Instruction {
    /// The same jump or call over another distance; `nil` where the distance does not fit.
    fileprivate func reaching(_ distance: Int) -> Instruction? {
        switch self {
        case .jump: Int16(exactly: distance).map { .jump($0) }
        case .jumpFar: Int32(exactly: distance).map { .jumpFar($0) }
        case .branch(let condition, let width, let left, let right, _):
            Int16(exactly: distance).map { .branch(condition, width, left, right, $0) }
        case .call: Int32(exactly: distance).map { .call(.function($0)) }
        case .arithmetic, .negate, .extendSign, .orderBytes, .load, .loadSigned, .store, .atomic,
            .loadImmediate64,
            .exit:
            preconditionFailure("only jumps and calls refer to labels")
        }
    }
}

/// Resolves the references of one section of code by name.
struct BPFReferenceReading {
    private let elf: ELFObject
    private let sections: BPFSections
    private let index: Int

    /// The functions of `.text` by their first instruction.
    private let textEntries: [Int: String]
    private let bytes: [UInt8]

    /// Sorted; consumed from the front as the code is walked.
    private let relocations: [ELFRelocation]
    private var next = 0

    init(
        elf: ELFObject, sections: BPFSections, index: Int, textEntries: [Int: String]
    ) throws(ObjectError) {
        self.elf = elf
        self.sections = sections
        self.index = index
        self.textEntries = textEntries
        bytes = Array(elf.sections[index].bytes)
        relocations = elf.sections[index].relocations.sorted { $0.offset < $1.offset }
    }

    /// The code of a function with its references taken out.
    mutating func body(of range: Range<Int>) throws(ObjectError) -> (
        code: [UInt8], references: [BPFReference]
    ) {
        var code = Array(bytes[range.lowerBound * 8..<range.upperBound * 8])
        var references: [BPFReference] = []
        var instruction = range.lowerBound
        while instruction < range.upperBound {
            let word = EncodedWord(bytes, at: instruction)
            let local = instruction - range.lowerBound
            // A load takes two slots, and clearing its reference writes to both.
            let slots = word.isLoadImmediate64 ? 2 : 1
            guard instruction + slots <= range.upperBound,
                slots == 1 || EncodedWord(bytes, at: instruction + 1).opcode == 0
            else { throw failure(.brokenInstruction, at: instruction) }
            if let target = try target(of: word, at: instruction) {
                references.append(BPFReference(instruction: local, target: target))
                word.clearReference(in: &code, at: local)
            }
            instruction += slots
        }
        // What is left of this function stands on no first slot of a reference.
        if next < relocations.count, relocations[next].offset < range.upperBound * 8 {
            throw failure(.misplacedRelocation, at: relocations[next].offset / 8)
        }
        return (code, references)
    }

    private mutating func target(
        of word: EncodedWord, at instruction: Int
    ) throws(ObjectError) -> BPFReference.Target? {
        guard next < relocations.count, relocations[next].offset <= instruction * 8 else {
            return try targetWithoutRelocation(of: word, at: instruction)
        }
        let relocation = relocations[next]
        next += 1
        guard relocation.offset == instruction * 8 else {
            throw failure(.misplacedRelocation, at: instruction)
        }
        let symbol = elf.symbols[relocation.symbol]
        switch relocation.kind {
        case .loadImmediate64 where word.isLoadImmediate64: return try map(symbol, word, at: instruction)
        case .call where word.isFunctionCall:
            return .function(try function(symbol, addend: word.immediate, at: instruction))
        case .loadImmediate64, .call, .absolute64, .absolute32, .sectionOffset32:
            throw failure(.misplacedRelocation, at: instruction)
        }
    }

    /// Inside `.text` compilers know the distance of a call and leave no relocation.
    private func targetWithoutRelocation(
        of word: EncodedWord, at instruction: Int
    ) throws(ObjectError) -> BPFReference.Target? {
        guard word.wantsReference else { return nil }
        guard word.isFunctionCall, index == sections.text,
            let name = textEntries[instruction + 1 + Int(word.immediate)]
        else { throw failure(.unresolvedPseudoInstruction, at: instruction) }
        return .function(name)
    }

    private func map(
        _ symbol: ELFSymbol, _ word: EncodedWord, at instruction: Int
    ) throws(ObjectError) -> BPFReference.Target {
        let section = try sectionIndex(of: symbol, at: instruction)
        let target = elf.sections[section]
        let name = symbol.kind == .section ? target.name : symbol.name
        if section == sections.maps {
            guard symbol.kind == .object, word.immediate == 0 else {
                throw failure(.unsupportedReference(name), at: instruction)
            }
            return .map(name)
        }
        guard sections.data.contains(section), symbol.kind == .object || symbol.kind == .section else {
            throw failure(.unsupportedReference(name), at: instruction)
        }
        let offset = symbol.value + Int(word.immediate)
        guard (0..<target.size).contains(offset) else {
            throw failure(.referenceOutsideTarget(name), at: instruction)
        }
        return .mapValue(map: target.name, offset: UInt32(offset))
    }

    private func function(
        _ symbol: ELFSymbol, addend: Int32, at instruction: Int
    ) throws(ObjectError) -> String {
        guard try sectionIndex(of: symbol, at: instruction) == sections.text,
            symbol.kind == .function || symbol.kind == .section,
            let name = textEntries[symbol.value / 8 + Int(addend) + 1]
        else { throw failure(.unsupportedReference(symbol.name), at: instruction) }
        return name
    }

    private func sectionIndex(of symbol: ELFSymbol, at instruction: Int) throws(ObjectError) -> Int {
        guard case .section(let section) = symbol.place else {
            throw failure(.unresolvedSymbol(symbol.name), at: instruction)
        }
        return section
    }

    private func failure(_ problem: ObjectError.Problem, at instruction: Int) -> ObjectError {
        ObjectError(section: elf.sections[index].name, offset: instruction * 8, problem: problem)
    }
}

internal import CasaBPF

/// The bytes of an object with the places of everything that can be changed in them.
struct ObjectImage: Sendable {
    /// A run of instructions with a name.
    struct Function: Sendable {
        let name: String
        let section: String
        /// Of the first byte, in the file.
        let offset: Int
        /// The slots as they are in the file, references still open.
        let slots: [EncodedInstruction]
        /// Slots that relocations fill in.
        let relocated: Set<Int>
        let isProgram: Bool

        func offset(ofSlot slot: Int) -> Int { offset + slot * EncodedInstruction.byteCount }
    }

    /// One relocation of code, by where it stands in the file.
    struct Relocation: Sendable {
        let offset: Int
        let kind: ELFRelocation.Kind
        let symbol: Int
        let function: String
        let slot: Int
    }

    let bytes: [UInt8]
    let elf: ELFObject
    let functions: [Function]
    let relocations: [Relocation]

    init(_ bytes: [UInt8]) throws(ObjectError) {
        elf = try ELFObject(bytes)
        self.bytes = bytes
        var functions: [Function] = []
        var relocations: [Relocation] = []
        for (index, section) in elf.sections.enumerated() where section.isExecutable {
            let own = elf.symbols.filter { $0.place == .section(index) && $0.kind == .function }
                .sorted { ($0.value, $0.name) < ($1.value, $1.name) }
            for symbol in own {
                let start = section.bytes.startIndex + symbol.value
                let range = symbol.value..<symbol.value + symbol.size
                let places = section.relocations.filter { range.contains($0.offset) }
                functions.append(
                    Function(
                        name: symbol.name, section: section.name, offset: start,
                        slots: EncodedInstruction.slots(
                            of: Array(bytes[start..<start + symbol.size])) ?? [],
                        relocated: Set(places.map { ($0.offset - symbol.value) / 8 }),
                        isProgram: section.name != ".text"))
            }
            relocations += Self.relocations(of: section, functions: own, in: elf)
        }
        self.functions = functions
        self.relocations = relocations
    }

    /// Entries are sixteen bytes, in the order of ``ELFSection/relocations``.
    private static func relocations(
        of section: ELFSection, functions: [ELFSymbol], in elf: ELFObject
    ) -> [Relocation] {
        guard let entries = elf.section(named: ".rel\(section.name)") else { return [] }
        return section.relocations.enumerated().compactMap { index, relocation in
            guard
                let function = functions.first(where: {
                    ($0.value..<$0.value + $0.size).contains(relocation.offset)
                })
            else { return nil }
            return Relocation(
                offset: entries.bytes.startIndex + index * 16, kind: relocation.kind,
                symbol: relocation.symbol, function: function.name,
                slot: (relocation.offset - function.value) / 8)
        }
    }

    func function(named name: String) -> Function? { functions.first { $0.name == name } }

    /// Where the bytes of a section stand in the file; empty where there is none.
    func range(of section: String) -> Range<Int> {
        guard let section = elf.section(named: section), section.kind == .content else { return 0..<0 }
        return section.bytes.indices
    }

    /// A slot in words, for reports.
    static func words(_ slot: EncodedInstruction, next: EncodedInstruction?) -> String {
        let slots = [slot] + (slot.opcode == 0x18 ? [next ?? EncodedInstruction(opcode: 0)] : [])
        if let instruction = try? Decoder().decode(slots).first { return instruction.text }
        return slot.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}

/// Puts sections, symbols and relocations into an ELF file.
///
/// Order: null, the sections in the order given, their relocations, `.BTF`, `.BTF.ext`, `.symtab`, `.strtab`.
struct ELFWriting {
    /// The number of the first section that is added.
    static let firstSection = 1

    private struct Section {
        let name: String
        let type: UInt32
        let flags: UInt64
        let alignment: Int
        let bytes: [UInt8]
        var link: UInt32 = 0
        var information: UInt32 = 0
        var entryBytes: UInt64 = 0
    }

    private var sections: [Section] = []
    private var relocated: [(section: Int, name: String, relocations: [ELFRelocation])] = []

    mutating func addCode(_ name: String, bytes: [UInt8], relocations: [ELFRelocation]) {
        if !relocations.isEmpty {
            relocated.append((Self.firstSection + sections.count, ".rel\(name)", relocations))
        }
        sections.append(Section(name: name, type: 1, flags: 2 | 4, alignment: 8, bytes: bytes))
    }

    mutating func addData(_ section: ObjectWriter.DataSection) {
        sections.append(
            Section(
                name: section.name, type: 1, flags: section.isReadOnly ? 2 : 2 | 1,
                alignment: section.alignment, bytes: section.bytes))
    }

    func bytes(symbols: [ELFSymbol], btf: [UInt8], records: [UInt8]) -> [UInt8] {
        var names = StringTable()
        var all = sections
        let symbolTable = UInt32(Self.firstSection + sections.count + relocated.count + 2)
        for (section, name, relocations) in relocated {
            all.append(
                Section(
                    name: name, type: 9, flags: 0x40, alignment: 8, bytes: Self.encode(relocations),
                    link: symbolTable, information: UInt32(section),
                    entryBytes: UInt64(ELFReading.relocationBytes)))
        }
        all.append(Section(name: ".BTF", type: 1, flags: 0, alignment: 4, bytes: btf))
        all.append(Section(name: ".BTF.ext", type: 1, flags: 0, alignment: 4, bytes: records))
        let localCount = 1 + symbols.filter { $0.binding == .local }.count
        all.append(
            Section(
                name: ".symtab", type: 2, flags: 0, alignment: 8, bytes: Self.encode(symbols, names: &names),
                link: symbolTable + 1, information: UInt32(localCount),
                entryBytes: UInt64(ELFReading.symbolBytes)))
        let sectionNames = (all.map(\.name) + [".strtab"]).map { names.place(of: $0) }
        all.append(Section(name: ".strtab", type: 3, flags: 0, alignment: 1, bytes: names.bytes))
        return Self.file(all, names: sectionNames)
    }

    private static func file(_ sections: [Section], names: [UInt32]) -> [UInt8] {
        var content = ObjectBytes()
        content.append(contentsOf: repeatElement(0, count: ELFReading.headerBytes))
        var headers = ObjectBytes()
        headers.append(contentsOf: repeatElement(0, count: ELFReading.sectionHeaderBytes))
        for (section, name) in zip(sections, names) {
            content.pad(to: section.alignment)
            headers.append(name)
            headers.append(section.type)
            headers.append(section.flags)
            headers.append(UInt64(0))
            headers.append(UInt64(content.count))
            headers.append(UInt64(section.bytes.count))
            headers.append(section.link)
            headers.append(section.information)
            headers.append(UInt64(section.alignment))
            headers.append(section.entryBytes)
            content.append(contentsOf: section.bytes)
        }
        content.pad(to: 8)
        let header = header(tableOffset: content.count, sectionCount: sections.count + 1)
        return header + content.bytes.dropFirst(ELFReading.headerBytes) + headers.bytes
    }

    /// The file header; the table of section names is the last section.
    private static func header(tableOffset: Int, sectionCount: Int) -> [UInt8] {
        var header = ObjectBytes()
        header.append(contentsOf: [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1])
        header.append(contentsOf: repeatElement(0, count: 9))
        header.append(UInt16(1))
        header.append(UInt16(247))
        header.append(UInt32(1))
        header.append(UInt64(0))
        header.append(UInt64(0))
        header.append(UInt64(tableOffset))
        header.append(UInt32(0))
        header.append(UInt16(ELFReading.headerBytes))
        header.append(UInt16(0))
        header.append(UInt16(0))
        header.append(UInt16(ELFReading.sectionHeaderBytes))
        header.append(UInt16(sectionCount))
        header.append(UInt16(sectionCount - 1))
        return header.bytes
    }

    private static func encode(_ relocations: [ELFRelocation]) -> [UInt8] {
        var bytes = ObjectBytes()
        for relocation in relocations {
            bytes.append(UInt64(relocation.offset))
            bytes.append(relocation.kind.rawValue)
            bytes.append(UInt32(relocation.symbol))
        }
        return bytes.bytes
    }

    private static func encode(_ symbols: [ELFSymbol], names: inout StringTable) -> [UInt8] {
        var bytes = ObjectBytes()
        bytes.append(contentsOf: repeatElement(0, count: ELFReading.symbolBytes))
        for symbol in symbols {
            guard case .section(let section) = symbol.place else {
                preconditionFailure("an object that we write defines every symbol it has")
            }
            bytes.append(names.place(of: symbol.name))
            bytes.append(symbol.binding.rawValue << 4 | symbol.kind.rawValue)
            bytes.append(symbol.visibility.rawValue)
            bytes.append(UInt16(section))
            bytes.append(UInt64(symbol.value))
            bytes.append(UInt64(symbol.size))
        }
        return bytes.bytes
    }
}

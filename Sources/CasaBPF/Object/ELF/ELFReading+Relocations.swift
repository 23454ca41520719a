extension ELFReading {
    func addRelocations(to sections: inout [ELFSection], symbols: [ELFSymbol]) throws(ObjectError) {
        var budget = limits.relocations
        for index in sections.indices where sections[index].kind == .relocations {
            let header = headers[index]
            let bytes = SectionBytes(section: sections[index].name, bytes: sections[index].bytes)
            guard header.entrySize == Self.relocationBytes, bytes.count.isMultiple(of: Self.relocationBytes)
            else { throw bytes.failure(.brokenTable, at: 0) }
            guard header.link < sections.count, sections[Int(header.link)].kind == .symbolTable else {
                throw bytes.failure(.badIndex(.sectionIndex, UInt64(header.link)), at: 0)
            }
            guard header.info > 0, header.info < sections.count else {
                throw bytes.failure(.badIndex(.sectionIndex, UInt64(header.info)), at: 0)
            }
            let target = Int(header.info)
            guard sections[target].relocations.isEmpty else {
                throw bytes.failure(.duplicate(sections[target].name), at: 0)
            }
            budget -= bytes.count / Self.relocationBytes
            guard budget >= 0 else {
                throw bytes.failure(.tooMany(.relocations, limit: limits.relocations), at: 0)
            }
            sections[target].relocations = try relocations(
                in: bytes, targetSize: sections[target].size, symbolCount: symbols.count)
        }
    }

    private func relocations(
        in bytes: SectionBytes, targetSize: Int, symbolCount: Int
    ) throws(ObjectError) -> [ELFRelocation] {
        var relocations: [ELFRelocation] = []
        for place in stride(from: 0, to: bytes.count, by: Self.relocationBytes) {
            let offset: UInt64 = try bytes.integer(at: place)
            let kind: UInt32 = try bytes.integer(at: place + 8)
            let symbol: UInt32 = try bytes.integer(at: place + 12)
            guard offset < targetSize else {
                throw bytes.failure(.badIndex(.instructionOffset, offset), at: place)
            }
            guard let kind = ELFRelocation.Kind(rawValue: kind) else {
                throw bytes.failure(.unknownValue(.relocationKind, UInt64(kind)), at: place + 8)
            }
            guard symbol < symbolCount else {
                throw bytes.failure(.badIndex(.symbolIndex, UInt64(symbol)), at: place + 12)
            }
            relocations.append(ELFRelocation(offset: Int(offset), kind: kind, symbol: Int(symbol)))
        }
        return relocations
    }
}

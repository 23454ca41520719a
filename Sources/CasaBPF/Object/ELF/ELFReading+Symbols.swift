extension ELFReading {
    func symbols(of sections: [ELFSection]) throws(ObjectError) -> [ELFSymbol] {
        let tables = sections.indices.filter { sections[$0].kind == .symbolTable }
        guard let table = tables.first else { throw headerFailure(.missingSection(".symtab"), section: 0) }
        guard tables.count == 1 else { throw headerFailure(.duplicate(".symtab"), section: tables[1]) }
        let header = headers[table]
        let bytes = SectionBytes(section: sections[table].name, bytes: sections[table].bytes)
        guard header.entrySize == Self.symbolBytes, bytes.count.isMultiple(of: Self.symbolBytes) else {
            throw bytes.failure(.brokenTable, at: 0)
        }
        guard bytes.count / Self.symbolBytes <= limits.symbols else {
            throw bytes.failure(.tooMany(.symbols, limit: limits.symbols), at: 0)
        }
        guard header.link < sections.count, sections[Int(header.link)].kind == .stringTable else {
            throw bytes.failure(.badIndex(.sectionIndex, UInt64(header.link)), at: 0)
        }
        let names = SectionBytes(
            section: sections[Int(header.link)].name, bytes: sections[Int(header.link)].bytes)
        var symbols: [ELFSymbol] = []
        for offset in stride(from: 0, to: bytes.count, by: Self.symbolBytes) {
            symbols.append(try symbol(at: offset, of: bytes, names: names, sections: sections))
        }
        return symbols
    }

    private func symbol(
        at offset: Int, of bytes: SectionBytes, names: SectionBytes, sections: [ELFSection]
    ) throws(ObjectError) -> ELFSymbol {
        let name: UInt32 = try bytes.integer(at: offset)
        let information: UInt8 = try bytes.integer(at: offset + 4)
        let other: UInt8 = try bytes.integer(at: offset + 5)
        guard let binding = ELFSymbol.Binding(rawValue: information >> 4) else {
            throw bytes.failure(.unknownValue(.symbolBinding, UInt64(information >> 4)), at: offset + 4)
        }
        guard let kind = ELFSymbol.Kind(rawValue: information & 15) else {
            throw bytes.failure(.unknownValue(.symbolKind, UInt64(information & 15)), at: offset + 4)
        }
        guard let visibility = ELFSymbol.Visibility(rawValue: other) else {
            throw bytes.failure(.unknownValue(.symbolVisibility, UInt64(other)), at: offset + 5)
        }
        let place = try place(at: offset + 6, of: bytes, sections: sections)
        let value: UInt64 = try bytes.integer(at: offset + 8)
        let size: UInt64 = try bytes.integer(at: offset + 16)
        let text = try names.name(at: name, limit: limits.nameBytes)
        let extent = if case .section(let index) = place { sections[index].size } else { 0 }
        guard place == .absolute || (value <= extent && size <= UInt64(extent) - value) else {
            throw bytes.failure(.badVariable(text), at: offset + 8)
        }
        // The value of an absolute symbol (the name of a source file) means nothing here.
        return ELFSymbol(
            name: text, binding: binding, kind: kind, visibility: visibility, place: place,
            value: place == .absolute ? 0 : Int(value), size: place == .absolute ? 0 : Int(size))
    }

    private func place(
        at offset: Int, of bytes: SectionBytes, sections: [ELFSection]
    ) throws(ObjectError) -> ELFSymbol.Place {
        let index: UInt16 = try bytes.integer(at: offset)
        switch index {
        case 0: return .undefined
        case 0xFFF1: return .absolute
        default:
            guard index < sections.count else {
                throw bytes.failure(.badIndex(.sectionIndex, UInt64(index)), at: offset)
            }
            return .section(Int(index))
        }
    }
}

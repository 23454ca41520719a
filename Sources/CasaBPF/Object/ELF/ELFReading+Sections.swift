extension ELFReading {
    func sections() throws(ObjectError) -> [ELFSection] {
        let nameBytes = SectionBytes(section: ".shstrtab", bytes: try content(of: nameTable))
        var sections: [ELFSection] = []
        var loadedBytes = 0
        var fileBytes = 0
        for (index, header) in headers.enumerated() {
            let kind = ELFSection.Kind(header.type)
            let name = kind == .null ? "" : try nameBytes.name(at: header.name, limit: limits.nameBytes)
            let bytes = kind.hasBytes ? try content(of: index) : []
            let size = kind == .zeroed ? try zeroedSize(of: index) : bytes.count
            // Sections that overlap would let a small file stand for an unbounded amount of content.
            fileBytes += bytes.count
            guard fileBytes <= self.bytes.count else { throw headerFailure(.sectionsOverlap, section: index) }
            loadedBytes += size
            guard loadedBytes <= limits.bytes else {
                throw headerFailure(.tooLarge(limit: limits.bytes), section: index)
            }
            sections.append(
                ELFSection(
                    name: name, kind: kind, isAllocated: header.flags & 2 != 0,
                    isWritable: header.flags & 1 != 0, isExecutable: header.flags & 4 != 0,
                    alignment: try alignment(of: index), size: size, bytes: bytes))
        }
        return sections
    }

    private func content(of index: Int) throws(ObjectError) -> ArraySlice<UInt8> {
        let header = headers[index]
        guard header.offset <= bytes.count, header.size <= UInt64(bytes.count) - header.offset else {
            throw headerFailure(.sectionOutsideFile, section: index)
        }
        let start = Int(header.offset)
        return bytes[start..<start + Int(header.size)]
    }

    private func zeroedSize(of index: Int) throws(ObjectError) -> Int {
        guard headers[index].size <= limits.bytes else {
            throw headerFailure(.tooLarge(limit: limits.bytes), section: index)
        }
        return Int(headers[index].size)
    }

    private func alignment(of index: Int) throws(ObjectError) -> Int {
        let value = headers[index].alignment
        guard value & (value &- 1) == 0, value <= 4096 else {
            throw headerFailure(.unknownValue(.alignment, value), section: index)
        }
        return max(1, Int(value))
    }
}

extension ELFSection.Kind {
    init(_ type: UInt32) {
        switch type {
        case 0: self = .null
        case 1: self = .content
        case 2: self = .symbolTable
        case 3: self = .stringTable
        case 8: self = .zeroed
        case 9: self = .relocations
        case 0x6FFF_4C03: self = .addressSignificance
        default: self = .other(type)
        }
    }

    var hasBytes: Bool {
        switch self {
        case .null, .zeroed: false
        case .content, .symbolTable, .stringTable, .relocations, .addressSignificance, .other: true
        }
    }
}

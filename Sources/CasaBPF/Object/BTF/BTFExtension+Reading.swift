extension BTFExtension {
    /// Reads a section; types and texts are looked up in the BTF beside it.
    package init(
        _ bytes: ArraySlice<UInt8>, btf: BTF, limits: ObjectLimits = ObjectLimits()
    ) throws(ObjectError) {
        let reader = BTFExtensionReader(
            section: SectionBytes(section: ".BTF.ext", bytes: bytes), btf: btf, limits: limits)
        let (functions, lines) = try reader.tables()
        self.functions = try reader.groups(in: functions, recordBytes: BTFFunctionRecord.byteCount) {
            offset throws(ObjectError) in try reader.functionRecord(at: offset)
        }
        self.lines = try reader.groups(in: lines, recordBytes: BTFLineRecord.byteCount) {
            offset throws(ObjectError) in try reader.lineRecord(at: offset)
        }
    }
}

/// Reads a `.BTF.ext` section: bounded, strict, and without trust in any number it meets.
private struct BTFExtensionReader {
    let section: SectionBytes
    let btf: BTF
    let limits: ObjectLimits

    private static let shortHeader = 24
    private static let longHeader = 32

    /// The ranges of the two tables that we know; a third one with CO-RE relocations must be empty.
    func tables() throws(ObjectError) -> (functions: Range<Int>, lines: Range<Int>) {
        let magic: UInt16 = try section.integer(at: 0)
        let version: UInt8 = try section.integer(at: 2)
        let flags: UInt8 = try section.integer(at: 3)
        guard magic == BTFFormat.magic, version == 1, flags == 0 else {
            throw section.failure(.notBTF, at: 0)
        }
        let length: UInt32 = try section.integer(at: 4)
        guard length == Self.shortHeader || length == Self.longHeader else {
            throw section.failure(.unknownValue(.headerLength, UInt64(length)), at: 4)
        }
        if length == Self.longHeader {
            let relocations: UInt32 = try section.integer(at: 28)
            guard relocations == 0 else { throw section.failure(.coreRelocations, at: 28) }
        }
        let functions = try table(at: 8, start: Int(length))
        let lines = try table(at: 16, start: Int(length))
        guard functions.upperBound <= lines.lowerBound || lines.isEmpty || functions.isEmpty else {
            throw section.failure(.brokenTable, at: 16)
        }
        return (functions, lines)
    }

    private func table(at offset: Int, start: Int) throws(ObjectError) -> Range<Int> {
        let place: UInt32 = try section.integer(at: offset)
        let length: UInt32 = try section.integer(at: offset + 4)
        _ = try section.slice(at: start + Int(place), count: Int(length))
        guard place.isMultiple(of: 4), length.isMultiple(of: 4) else {
            throw section.failure(.brokenTable, at: offset)
        }
        return start + Int(place)..<start + Int(place) + Int(length)
    }

    func groups<Record>(
        in range: Range<Int>, recordBytes: Int, read: (Int) throws(ObjectError) -> Record
    ) throws(ObjectError) -> [BTFExtension.Group<Record>] {
        guard !range.isEmpty else { return [] }
        let size: UInt32 = try section.integer(at: range.lowerBound)
        guard size == recordBytes else {
            throw section.failure(.unknownValue(.recordSize, UInt64(size)), at: range.lowerBound)
        }
        var groups: [BTFExtension.Group<Record>] = []
        var offset = range.lowerBound + 4
        while offset < range.upperBound {
            let name = try string(at: offset)
            let count: UInt32 = try section.integer(at: offset + 4)
            offset += 8
            guard count <= limits.records else {
                throw section.failure(.tooMany(.records, limit: limits.records), at: offset - 4)
            }
            guard Int(count) * recordBytes <= range.upperBound - offset else {
                throw section.failure(.truncated(needed: Int(count) * recordBytes), at: offset)
            }
            var records: [Record] = []
            for _ in 0..<count {
                records.append(try read(offset))
                offset += recordBytes
            }
            groups.append(.init(section: name, records: records))
        }
        return groups
    }

    func functionRecord(at offset: Int) throws(ObjectError) -> BTFFunctionRecord {
        let type: UInt32 = try section.integer(at: offset + 4)
        guard case .function = btf[BTFTypeID(rawValue: type)] else {
            throw section.failure(.unexpectedType(type), at: offset + 4)
        }
        return BTFFunctionRecord(
            instruction: try instruction(at: offset), type: BTFTypeID(rawValue: type))
    }

    func lineRecord(at offset: Int) throws(ObjectError) -> BTFLineRecord {
        let position: UInt32 = try section.integer(at: offset + 12)
        return BTFLineRecord(
            instruction: try instruction(at: offset), file: try string(at: offset + 4),
            text: try string(at: offset + 8), line: Int(position >> 10), column: Int(position & 0x3FF))
    }

    private func instruction(at offset: Int) throws(ObjectError) -> Int {
        let bytes: UInt32 = try section.integer(at: offset)
        guard bytes.isMultiple(of: 8) else {
            throw section.failure(.badIndex(.instructionOffset, UInt64(bytes)), at: offset)
        }
        return Int(bytes / 8)
    }

    private func string(at offset: Int) throws(ObjectError) -> BTFString {
        let place: UInt32 = try section.integer(at: offset)
        guard place < btf.strings.count else {
            throw section.failure(.badIndex(.stringOffset, UInt64(place)), at: offset)
        }
        return BTFString(rawValue: place)
    }
}

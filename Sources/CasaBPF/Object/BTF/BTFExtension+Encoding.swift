extension BTFExtension {
    /// The bytes of a section, with offsets in bytes as files hold them.
    package var encoded: [UInt8] {
        let functionTable = Self.table(functions, recordBytes: BTFFunctionRecord.byteCount) {
            $0.encode(into: &$1, instructionBytes: 8)
        }
        let lineTable = Self.table(lines, recordBytes: BTFLineRecord.byteCount) {
            $0.encode(into: &$1, instructionBytes: 8)
        }
        var section = ObjectBytes()
        section.append(BTFFormat.magic)
        section.append(UInt8(1))
        section.append(UInt8(0))
        section.append(UInt32(32))
        section.append(UInt32(0))
        section.append(UInt32(functionTable.count))
        section.append(UInt32(functionTable.count))
        section.append(UInt32(lineTable.count))
        section.append(UInt32(functionTable.count + lineTable.count))
        section.append(UInt32(0))
        section.append(contentsOf: functionTable)
        section.append(contentsOf: lineTable)
        return section.bytes
    }

    private static func table<Record>(
        _ groups: [Group<Record>], recordBytes: Int, encode: (Record, inout ObjectBytes) -> Void
    ) -> [UInt8] {
        guard !groups.isEmpty else { return [] }
        var bytes = ObjectBytes()
        bytes.append(UInt32(recordBytes))
        for group in groups {
            bytes.append(group.section.rawValue)
            bytes.append(UInt32(group.records.count))
            for record in group.records { encode(record, &bytes) }
        }
        return bytes.bytes
    }
}

extension BTFFunctionRecord {
    /// Files count offsets in bytes, the kernel counts instructions: one is 8 or 1.
    func encode(into bytes: inout ObjectBytes, instructionBytes: Int) {
        bytes.append(UInt32(instruction * instructionBytes))
        bytes.append(type.rawValue)
    }
}

extension BTFLineRecord {
    func encode(into bytes: inout ObjectBytes, instructionBytes: Int) {
        bytes.append(UInt32(instruction * instructionBytes))
        bytes.append(file.rawValue)
        bytes.append(text.rawValue)
        let position = (min(line, Self.maximumLine) << 10) | min(column, Self.maximumColumn)
        bytes.append(UInt32(position))
    }
}

/// A window on the bytes of one section; every read is checked against its end.
struct SectionBytes {
    let section: String
    let bytes: ArraySlice<UInt8>

    var count: Int { bytes.count }

    func failure(_ problem: ObjectError.Problem, at offset: Int) -> ObjectError {
        ObjectError(section: section, offset: offset, problem: problem)
    }

    func slice(at offset: Int, count: Int) throws(ObjectError) -> ArraySlice<UInt8> {
        guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else {
            throw failure(.truncated(needed: count), at: offset)
        }
        let start = bytes.startIndex + offset
        return bytes[start..<start + count]
    }

    func integer<Value: FixedWidthInteger & UnsignedInteger>(
        _ type: Value.Type = Value.self, at offset: Int
    ) throws(ObjectError) -> Value {
        var value: Value = 0
        for (position, byte) in try slice(at: offset, count: MemoryLayout<Value>.size).enumerated() {
            value |= Value(byte) << Value(8 * position)
        }
        return value
    }

    /// The name that begins at an offset of this string table.
    func name(at offset: UInt32, limit: Int) throws(ObjectError) -> String {
        guard offset < bytes.count else { throw failure(.badIndex(.stringOffset, UInt64(offset)), at: 0) }
        let place = Int(offset)
        let tail = bytes[(bytes.startIndex + place)...].prefix(limit + 1)
        guard let end = tail.firstIndex(of: 0) else {
            throw failure(tail.count > limit ? .nameTooLong(limit: limit) : .unterminatedName, at: place)
        }
        guard let name = String(validating: tail[..<end], as: UTF8.self) else {
            throw failure(.nameNotUTF8, at: place)
        }
        return name
    }
}

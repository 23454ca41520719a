/// Reads a BTF section: bounded, strict, and without trust in any number it meets.
package struct BTFReader {
    private let section: SectionBytes
    private let limits: ObjectLimits
    private var offset = BTFFormat.headerBytes
    private var end = BTFFormat.headerBytes
    private var strings = SectionBytes(section: ".BTF", bytes: [])

    private init(_ bytes: ArraySlice<UInt8>, limits: ObjectLimits) {
        section = SectionBytes(section: ".BTF", bytes: bytes)
        self.limits = limits
    }

    package static func read(
        _ bytes: ArraySlice<UInt8>, limits: ObjectLimits = ObjectLimits()
    ) throws(ObjectError) -> BTF {
        var reader = BTFReader(bytes, limits: limits)
        try reader.readHeader()
        let types = try reader.readTypes()
        let btf = BTF(types: types, strings: Array(reader.strings.bytes))
        try btf.checkReferences()
        return btf
    }

    /// Types, then texts, and nothing else: the kernel accepts no gaps either.
    private mutating func readHeader() throws(ObjectError) {
        let magic: UInt16 = try section.integer(at: 0)
        let version: UInt8 = try section.integer(at: 2)
        let flags: UInt8 = try section.integer(at: 3)
        guard magic == BTFFormat.magic, version == 1, flags == 0 else {
            throw section.failure(.notBTF, at: 0)
        }
        let headerLength: UInt32 = try section.integer(at: 4)
        guard headerLength == BTFFormat.headerBytes else {
            throw section.failure(.unknownValue(.headerLength, UInt64(headerLength)), at: 4)
        }
        let typeOffset: UInt32 = try section.integer(at: 8)
        let typeLength: UInt32 = try section.integer(at: 12)
        let stringOffset: UInt32 = try section.integer(at: 16)
        let stringLength: UInt32 = try section.integer(at: 20)
        guard typeOffset == 0, typeLength.isMultiple(of: 4), stringOffset == typeLength,
            UInt64(BTFFormat.headerBytes) + UInt64(typeLength) + UInt64(stringLength) == section.count
        else { throw section.failure(.brokenTable, at: 8) }
        end = BTFFormat.headerBytes + Int(typeLength)
        strings = SectionBytes(
            section: ".BTF", bytes: try section.slice(at: end, count: Int(stringLength)))
        guard strings.bytes.first == 0, strings.bytes.last == 0 else {
            throw section.failure(.unterminatedName, at: end)
        }
    }

    private mutating func readTypes() throws(ObjectError) -> [BTFType] {
        var types: [BTFType] = []
        while offset < end {
            guard types.count < limits.types else {
                throw section.failure(.tooMany(.types, limit: limits.types), at: offset)
            }
            types.append(try readType())
        }
        return types
    }

    private mutating func readType() throws(ObjectError) -> BTFType {
        let start = offset
        let name = try readString()
        let information = try readWord()
        let value = try readWord()
        let count = Int(information & 0xFFFF)
        let flag = information >> 31 == 1
        guard let kind = BTFKind(rawValue: (information >> 24) & 31), information & 0x60FF_0000 == 0 else {
            throw section.failure(.unknownValue(.typeKind, UInt64(information)), at: start + 4)
        }
        let type = BTFTypeID(rawValue: value)
        switch kind {
        case .integer: return .integer(name: name, byteCount: value, layout: try readIntegerLayout())
        case .pointer: return .pointer(to: type)
        case .array:
            return .array(element: try readTypeID(), index: try readTypeID(), count: try readWord())
        case .structure, .union:
            return .composite(
                BTFComposite(
                    name: name, byteCount: value, isUnion: kind == .union, hasBitFields: flag,
                    members: try repeated(count) { reader throws(ObjectError) in
                        .init(
                            name: try reader.readString(), type: try reader.readTypeID(),
                            offset: try reader.readWord())
                    }))
        case .enumeration:
            return .enumeration(
                BTFEnumeration(
                    name: name, byteCount: value, isSigned: flag,
                    values: try repeated(count) { reader throws(ObjectError) in
                        .init(name: try reader.readString(), bits: try reader.readWord())
                    }))
        case .enumeration64:
            return .enumeration64(
                BTFEnumeration64(
                    name: name, byteCount: value, isSigned: flag,
                    values: try repeated(count) { reader throws(ObjectError) in
                        let name = try reader.readString()
                        let low = UInt64(try reader.readWord())
                        return .init(name: name, bits: UInt64(try reader.readWord()) << 32 | low)
                    }))
        case .forward: return .forward(name: name, isUnion: flag)
        case .alias: return .alias(name: name, of: type)
        case .volatile: return .volatile(of: type)
        case .constant: return .constant(of: type)
        case .restrict: return .restrict(of: type)
        case .function:
            guard let linkage = BTFFunctionLinkage(rawValue: UInt16(count)) else {
                throw section.failure(.unknownValue(.linkage, UInt64(count)), at: start + 4)
            }
            return .function(name: name, prototype: type, linkage: linkage)
        case .functionPrototype:
            return .functionPrototype(
                returns: type,
                parameters: try repeated(count) { reader throws(ObjectError) in
                    BTFParameter(name: try reader.readString(), type: try reader.readTypeID())
                })
        case .variable:
            let linkage = try readWord()
            guard let linkage = BTFVariableLinkage(rawValue: linkage) else {
                throw section.failure(.unknownValue(.linkage, UInt64(linkage)), at: start + 12)
            }
            return .variable(name: name, type: type, linkage: linkage)
        case .dataSection:
            return .dataSection(
                name: name, byteCount: value,
                entries: try repeated(count) { reader throws(ObjectError) in
                    BTFDataSectionEntry(
                        variable: try reader.readTypeID(), offset: try reader.readWord(),
                        byteCount: try reader.readWord())
                })
        case .floatingPoint: return .floatingPoint(name: name, byteCount: value)
        case .declarationTag:
            return .declarationTag(name: name, of: type, component: Int32(bitPattern: try readWord()))
        case .typeTag: return .typeTag(name: name, of: type)
        }
    }

    private mutating func readIntegerLayout() throws(ObjectError) -> BTFIntegerLayout {
        let word = try readWord()
        guard let encoding = BTFIntegerLayout.Encoding(rawValue: UInt8(word >> 24)) else {
            throw section.failure(.unknownValue(.integerEncoding, UInt64(word >> 24)), at: offset - 4)
        }
        return BTFIntegerLayout(
            encoding: encoding, bitOffset: UInt8(truncatingIfNeeded: word >> 16),
            bitCount: UInt8(truncatingIfNeeded: word))
    }

    private mutating func repeated<Item>(
        _ count: Int, _ read: (inout BTFReader) throws(ObjectError) -> Item
    ) throws(ObjectError) -> [Item] {
        var items: [Item] = []
        for _ in 0..<count { items.append(try read(&self)) }
        return items
    }

    private mutating func readWord() throws(ObjectError) -> UInt32 {
        guard offset + 4 <= end else { throw section.failure(.truncated(needed: 4), at: offset) }
        defer { offset += 4 }
        return try section.integer(at: offset)
    }

    private mutating func readTypeID() throws(ObjectError) -> BTFTypeID {
        BTFTypeID(rawValue: try readWord())
    }

    private mutating func readString() throws(ObjectError) -> BTFString {
        let word = try readWord()
        guard word < strings.count else {
            throw section.failure(.badIndex(.stringOffset, UInt64(word)), at: offset - 4)
        }
        return BTFString(rawValue: word)
    }
}

extension BTF {
    /// The bytes of a BTF section, as files hold them and as the kernel loads them.
    package var encoded: [UInt8] {
        var records = ObjectBytes()
        for type in types { type.encode(into: &records) }
        var section = ObjectBytes()
        section.append(BTFFormat.magic)
        section.append(UInt8(1))
        section.append(UInt8(0))
        section.append(UInt32(BTFFormat.headerBytes))
        section.append(UInt32(0))
        section.append(UInt32(records.count))
        section.append(UInt32(records.count))
        section.append(UInt32(strings.count))
        section.append(contentsOf: records.bytes)
        section.append(contentsOf: strings)
        return section.bytes
    }
}

extension BTFType {
    fileprivate func encode(into bytes: inout ObjectBytes) {
        switch self {
        case .integer(let name, let byteCount, let layout):
            bytes.appendHead(name, .integer, value: byteCount)
            bytes.append(
                UInt32(layout.encoding.rawValue) << 24 | UInt32(layout.bitOffset) << 16
                    | UInt32(layout.bitCount))
        case .pointer(let type): bytes.appendHead(.empty, .pointer, value: type.rawValue)
        case .array(let element, let index, let count):
            bytes.appendHead(.empty, .array, value: 0)
            bytes.append(element.rawValue)
            bytes.append(index.rawValue)
            bytes.append(count)
        case .composite(let composite): composite.encode(into: &bytes)
        case .enumeration(let enumeration): enumeration.encode(into: &bytes)
        case .enumeration64(let enumeration): enumeration.encode(into: &bytes)
        case .forward(let name, let isUnion): bytes.appendHead(name, .forward, flag: isUnion, value: 0)
        case .alias(let name, let type): bytes.appendHead(name, .alias, value: type.rawValue)
        case .volatile(let type): bytes.appendHead(.empty, .volatile, value: type.rawValue)
        case .constant(let type): bytes.appendHead(.empty, .constant, value: type.rawValue)
        case .restrict(let type): bytes.appendHead(.empty, .restrict, value: type.rawValue)
        case .function(let name, let prototype, let linkage):
            bytes.appendHead(name, .function, count: Int(linkage.rawValue), value: prototype.rawValue)
        case .functionPrototype(let returned, let parameters):
            bytes.appendHead(.empty, .functionPrototype, count: parameters.count, value: returned.rawValue)
            for parameter in parameters {
                bytes.append(parameter.name.rawValue)
                bytes.append(parameter.type.rawValue)
            }
        case .variable(let name, let type, let linkage):
            bytes.appendHead(name, .variable, value: type.rawValue)
            bytes.append(linkage.rawValue)
        case .dataSection(let name, let byteCount, let entries):
            bytes.appendHead(name, .dataSection, count: entries.count, value: byteCount)
            for entry in entries {
                bytes.append(entry.variable.rawValue)
                bytes.append(entry.offset)
                bytes.append(entry.byteCount)
            }
        case .floatingPoint(let name, let byteCount): bytes.appendHead(name, .floatingPoint, value: byteCount)
        case .declarationTag(let name, let type, let component):
            bytes.appendHead(name, .declarationTag, value: type.rawValue)
            bytes.append(component)
        case .typeTag(let name, let type): bytes.appendHead(name, .typeTag, value: type.rawValue)
        }
    }
}

extension BTFComposite {
    fileprivate func encode(into bytes: inout ObjectBytes) {
        bytes.appendHead(
            name, isUnion ? .union : .structure, count: members.count, flag: hasBitFields, value: byteCount)
        for member in members {
            bytes.append(member.name.rawValue)
            bytes.append(member.type.rawValue)
            bytes.append(member.offset)
        }
    }
}

extension BTFEnumeration {
    fileprivate func encode(into bytes: inout ObjectBytes) {
        bytes.appendHead(name, .enumeration, count: values.count, flag: isSigned, value: byteCount)
        for value in values {
            bytes.append(value.name.rawValue)
            bytes.append(value.bits)
        }
    }
}

extension BTFEnumeration64 {
    fileprivate func encode(into bytes: inout ObjectBytes) {
        bytes.appendHead(name, .enumeration64, count: values.count, flag: isSigned, value: byteCount)
        for value in values {
            bytes.append(value.name.rawValue)
            bytes.append(UInt32(truncatingIfNeeded: value.bits))
            bytes.append(UInt32(truncatingIfNeeded: value.bits >> 32))
        }
    }
}

extension ObjectBytes {
    fileprivate mutating func appendHead(
        _ name: BTFString, _ kind: BTFKind, count: Int = 0, flag: Bool = false, value: UInt32
    ) {
        precondition(count <= BTFFormat.maximumCount, "BTF counts parts of a type in sixteen bits")
        append(name.rawValue)
        append(UInt32(count) | kind.rawValue << 24 | (flag ? 1 << 31 : 0))
        append(value)
    }
}

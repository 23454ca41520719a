/// Makes the BTF of an object that we emit.
///
/// Equal types and equal texts are stored once, so callers ask for what they need where they need it.
package struct BTFBuilder: Sendable {
    private var types: [BTFType] = []
    private var numbers: [BTFType: BTFTypeID] = [:]
    private var strings: [UInt8] = [0]
    private var places: [String: BTFString] = ["": .empty]

    package init() {}

    /// The place of a text; what follows a zero byte is left out, because no reader would find it.
    package mutating func string(_ text: String) -> BTFString {
        if let place = places[text] { return place }
        let place = BTFString(rawValue: UInt32(strings.count))
        strings.append(contentsOf: text.utf8.prefix { $0 != 0 })
        strings.append(0)
        places[text] = place
        return place
    }

    package mutating func add(_ type: BTFType) -> BTFTypeID {
        if let number = numbers[type] { return number }
        types.append(type)
        let number = BTFTypeID(rawValue: UInt32(types.count))
        numbers[type] = number
        return number
    }

    package func build() -> BTF {
        BTF(types: types, strings: strings)
    }
}

extension BTFBuilder {
    /// An integer of C; the linker compares names, so use those of the C compiler: `unsigned int`.
    package mutating func integer(
        _ name: String, byteCount: Int, encoding: BTFIntegerLayout.Encoding = .unsigned
    ) -> BTFTypeID {
        add(
            .integer(
                name: string(name), byteCount: UInt32(byteCount),
                layout: BTFIntegerLayout(encoding: encoding, bitCount: UInt8(byteCount * 8))))
    }

    package mutating func pointer(to type: BTFTypeID) -> BTFTypeID { add(.pointer(to: type)) }

    package mutating func constant(_ type: BTFTypeID) -> BTFTypeID { add(.constant(of: type)) }

    package mutating func volatile(_ type: BTFTypeID) -> BTFTypeID { add(.volatile(of: type)) }

    package mutating func alias(_ name: String, of type: BTFTypeID) -> BTFTypeID {
        add(.alias(name: string(name), of: type))
    }

    package mutating func array(of element: BTFTypeID, count: Int) -> BTFTypeID {
        let index = integer("__ARRAY_SIZE_TYPE__", byteCount: 4)
        return add(.array(element: element, index: index, count: UInt32(count)))
    }

    /// A structure; offsets are in bytes.
    package mutating func structure(
        _ name: String, byteCount: Int, members: [(name: String, type: BTFTypeID, offset: Int)]
    ) -> BTFTypeID {
        let name = string(name)
        var fields: [BTFComposite.Member] = []
        for member in members {
            fields.append(
                .init(name: string(member.name), type: member.type, offset: UInt32(member.offset * 8)))
        }
        return add(.composite(BTFComposite(name: name, byteCount: UInt32(byteCount), members: fields)))
    }

    package mutating func functionPrototype(
        returns type: BTFTypeID, parameters: [(name: String, type: BTFTypeID)]
    ) -> BTFTypeID {
        var list: [BTFParameter] = []
        for parameter in parameters {
            list.append(BTFParameter(name: string(parameter.name), type: parameter.type))
        }
        return add(.functionPrototype(returns: type, parameters: list))
    }

    package mutating func function(
        _ name: String, prototype: BTFTypeID, linkage: BTFFunctionLinkage
    ) -> BTFTypeID {
        add(.function(name: string(name), prototype: prototype, linkage: linkage))
    }

    package mutating func variable(
        _ name: String, type: BTFTypeID, linkage: BTFVariableLinkage
    ) -> BTFTypeID {
        add(.variable(name: string(name), type: type, linkage: linkage))
    }

    package mutating func dataSection(
        _ name: String, byteCount: Int, entries: [BTFDataSectionEntry]
    ) -> BTFTypeID {
        add(.dataSection(name: string(name), byteCount: UInt32(byteCount), entries: entries))
    }
}

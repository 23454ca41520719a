/// A type of a BTF by its number; zero is `void`.
package struct BTFTypeID: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    package static let void = BTFTypeID(rawValue: 0)
}

/// A text of a BTF by its place in the string table; zero is the empty text.
package struct BTFString: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }
    package static let empty = BTFString(rawValue: 0)
}

/// One type record: every kind of Documentation/bpf/btf.rst.
package enum BTFType: Hashable, Sendable {
    case integer(name: BTFString, byteCount: UInt32, layout: BTFIntegerLayout)
    case pointer(to: BTFTypeID)
    case array(element: BTFTypeID, index: BTFTypeID, count: UInt32)
    case composite(BTFComposite)
    case enumeration(BTFEnumeration)
    case enumeration64(BTFEnumeration64)
    case forward(name: BTFString, isUnion: Bool)
    case alias(name: BTFString, of: BTFTypeID)
    case volatile(of: BTFTypeID)
    case constant(of: BTFTypeID)
    case restrict(of: BTFTypeID)
    case function(name: BTFString, prototype: BTFTypeID, linkage: BTFFunctionLinkage)
    case functionPrototype(returns: BTFTypeID, parameters: [BTFParameter])
    case variable(name: BTFString, type: BTFTypeID, linkage: BTFVariableLinkage)
    case dataSection(name: BTFString, byteCount: UInt32, entries: [BTFDataSectionEntry])
    case floatingPoint(name: BTFString, byteCount: UInt32)
    case declarationTag(name: BTFString, of: BTFTypeID, component: Int32)
    case typeTag(name: BTFString, of: BTFTypeID)
}

/// How the bits of an integer are read.
package struct BTFIntegerLayout: Hashable, Sendable {
    package enum Encoding: UInt8, Hashable, Sendable {
        case unsigned = 0
        case signed = 1
        case character = 2
        case boolean = 4
    }

    package var encoding: Encoding
    package var bitOffset: UInt8
    package var bitCount: UInt8

    package init(encoding: Encoding, bitOffset: UInt8 = 0, bitCount: UInt8) {
        self.encoding = encoding
        self.bitOffset = bitOffset
        self.bitCount = bitCount
    }
}

/// A structure or a union.
package struct BTFComposite: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
        package var name: BTFString
        package var type: BTFTypeID

        /// Bits from the start; with bit fields the upper eight bits are the field's width.
        package var offset: UInt32

        package init(name: BTFString, type: BTFTypeID, offset: UInt32) {
            self.name = name
            self.type = type
            self.offset = offset
        }
    }

    package var name: BTFString
    package var byteCount: UInt32
    package var isUnion: Bool
    package var hasBitFields: Bool
    package var members: [Member]

    package init(
        name: BTFString, byteCount: UInt32, isUnion: Bool = false, hasBitFields: Bool = false,
        members: [Member]
    ) {
        self.name = name
        self.byteCount = byteCount
        self.isUnion = isUnion
        self.hasBitFields = hasBitFields
        self.members = members
    }
}

/// An enumeration whose values have 32 bits.
package struct BTFEnumeration: Hashable, Sendable {
    package struct Value: Hashable, Sendable {
        package var name: BTFString
        package var bits: UInt32

        package init(name: BTFString, bits: UInt32) {
            self.name = name
            self.bits = bits
        }
    }

    package var name: BTFString
    package var byteCount: UInt32
    package var isSigned: Bool
    package var values: [Value]

    package init(name: BTFString, byteCount: UInt32, isSigned: Bool, values: [Value]) {
        self.name = name
        self.byteCount = byteCount
        self.isSigned = isSigned
        self.values = values
    }
}

/// An enumeration whose values have 64 bits.
package struct BTFEnumeration64: Hashable, Sendable {
    package struct Value: Hashable, Sendable {
        package var name: BTFString
        package var bits: UInt64

        package init(name: BTFString, bits: UInt64) {
            self.name = name
            self.bits = bits
        }
    }

    package var name: BTFString
    package var byteCount: UInt32
    package var isSigned: Bool
    package var values: [Value]

    package init(name: BTFString, byteCount: UInt32, isSigned: Bool, values: [Value]) {
        self.name = name
        self.byteCount = byteCount
        self.isSigned = isSigned
        self.values = values
    }
}

/// A parameter of a function prototype.
package struct BTFParameter: Hashable, Sendable {
    package var name: BTFString
    package var type: BTFTypeID

    package init(name: BTFString, type: BTFTypeID) {
        self.name = name
        self.type = type
    }
}

/// A variable's place in its section.
package struct BTFDataSectionEntry: Hashable, Sendable {
    package var variable: BTFTypeID
    package var offset: UInt32
    package var byteCount: UInt32

    package init(variable: BTFTypeID, offset: UInt32, byteCount: UInt32) {
        self.variable = variable
        self.offset = offset
        self.byteCount = byteCount
    }
}

/// Who may call a function.
package enum BTFFunctionLinkage: UInt16, Hashable, Sendable {
    case `static` = 0
    case global = 1
    case extern = 2
}

/// Who may use a variable.
package enum BTFVariableLinkage: UInt32, Hashable, Sendable {
    case `static` = 0
    case global = 1
    case extern = 2
}

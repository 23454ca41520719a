/// The numbers of the kinds in a BTF file.
enum BTFKind: UInt32 {
    case integer = 1
    case pointer = 2
    case array = 3
    case structure = 4
    case union = 5
    case enumeration = 6
    case forward = 7
    case alias = 8
    case volatile = 9
    case constant = 10
    case restrict = 11
    case function = 12
    case functionPrototype = 13
    case variable = 14
    case dataSection = 15
    case floatingPoint = 16
    case declarationTag = 17
    case typeTag = 18
    case enumeration64 = 19
}

/// The fixed sizes of the format.
enum BTFFormat {
    static let magic: UInt16 = 0xEB9F
    static let headerBytes = 24
    static let typeBytes = 12
    static let maximumCount = 0xFFFF
}

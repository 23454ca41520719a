extension BTF {
    /// The kernel follows as many types when it resolves one.
    private static let maximumDepth = 32

    /// The size of a value of a type in bytes; nil for what has none.
    ///
    /// A type that contains itself by value has no size: the search ends at the depth the kernel allows.
    package func byteCount(of id: BTFTypeID) -> Int? {
        var factor = 1
        var current = id
        for _ in 0..<Self.maximumDepth {
            guard let type = self[current] else { return nil }
            switch type {
            case .integer(_, let bytes, _), .floatingPoint(_, let bytes), .dataSection(_, let bytes, _):
                return product(factor, Int(bytes))
            case .composite(let composite): return product(factor, Int(composite.byteCount))
            case .enumeration(let enumeration): return product(factor, Int(enumeration.byteCount))
            case .enumeration64(let enumeration): return product(factor, Int(enumeration.byteCount))
            case .pointer: return product(factor, 8)
            case .array(let element, _, let count):
                guard let scaled = product(factor, Int(count)) else { return nil }
                factor = scaled
                current = element
            case .alias(_, let type), .volatile(let type), .constant(let type), .restrict(let type),
                .variable(_, let type, _), .typeTag(_, let type):
                current = type
            case .forward, .function, .functionPrototype, .declarationTag: return nil
            }
        }
        return nil
    }

    /// The kernel counts bytes in 32 bits.
    private func product(_ left: Int, _ right: Int) -> Int? {
        let (value, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow || value > UInt32.max ? nil : value
    }

    /// The type behind names and qualifiers.
    package func unqualified(_ id: BTFTypeID) -> BTFTypeID {
        var current = id
        for _ in 0..<Self.maximumDepth {
            switch self[current] {
            case .alias(_, let type), .volatile(let type), .constant(let type), .restrict(let type),
                .typeTag(_, let type):
                current = type
            case .integer, .pointer, .array, .composite, .enumeration, .enumeration64, .forward, .function,
                .functionPrototype, .variable, .dataSection, .floatingPoint, .declarationTag, nil:
                return current
            }
        }
        return current
    }
}

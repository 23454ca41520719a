/// What a counterexample of a hook says of everything that is not the packet.
///
/// Names are those of the solver's unknowns: `subject`, `regions`, `__sk_buff 40` (a byte of the context at an offset), `peers 17`
/// (of the socket's storage), `has socket`, `is full socket`, `peers are kept`, `peers can be kept`, `argument end`. Functions of
/// which only that is known are written with their arguments: `verdict(0x10, 0x60050)`, `region4(0xa000001)`, `option(0x14, 0x18)`;
/// contents of memory too, by offset: `socket(0x48)`, `.rodata.addresses4(0x28)`, `packet(0x9)`.
struct HookCircumstances {
    private var values: [String: UInt64] = [:]

    init(_ circumstances: [HookCounterexample.Circumstance]) {
        for circumstance in circumstances { values[circumstance.name] = circumstance.value }
    }

    /// What is said of an unknown by its name.
    func value(of name: String) -> UInt64? { values[name] }

    /// What is not said of a function is 0.
    subscript(function: String, arguments: UInt64...) -> UInt64 {
        values[HookCounterexample.Circumstance.name(of: function, arguments)] ?? 0
    }

    /// Some bytes of memory, or of a context, from an offset on; little-endian.
    func number(of function: String, at offset: UInt64, count: Int) -> UInt64 {
        bytes(of: function, at: offset, count: count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    func bytes(of function: String, at offset: UInt64, count: Int) -> [UInt8] {
        (0..<UInt64(count)).map { UInt8(truncatingIfNeeded: self[function, offset &+ $0]) }
    }

    /// The bytes of a context or of the socket's storage, which are known by number.
    func numbered(_ name: String, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: values["\(name) \($0)"] ?? 0) }
    }

    func isTrue(_ name: String) -> Bool { values[name].map { $0 != 0 } ?? false }

    /// The applications of a function: its arguments and its result.
    func applications(of function: String) -> [(arguments: [UInt64], result: UInt64)] {
        values.compactMap { name, value in
            guard name.hasPrefix(function + "("), name.hasSuffix(")") else { return nil }
            let list = name.dropFirst(function.count + 1).dropLast()
            let arguments = list.split(separator: ",").compactMap { text -> UInt64? in
                guard let digits = text.firstRange(of: "0x") else { return nil }
                return UInt64(text[digits.upperBound...], radix: 16)
            }
            return (arguments, value)
        }.sorted { $0.arguments.lexicographicallyPrecedes($1.arguments) }
    }
}

extension HookCounterexample.Circumstance {
    /// What a function of which nothing is known answers to these arguments.
    package init(of function: String, _ arguments: [UInt64], is value: UInt64) {
        self.init(name: Self.name(of: function, arguments), value: value)
    }

    static func name(of function: String, _ arguments: [UInt64]) -> String {
        let list = arguments.map { "0x\(String($0, radix: 16))" }.joined(separator: ", ")
        return "\(function)(\(list))"
    }
}

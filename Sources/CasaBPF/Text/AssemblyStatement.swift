/// A line of assembly, split into words: what is done, and to what.
///
/// Operands are separated by commas; blanks inside brackets do not count.
struct AssemblyStatement {
    let line: Int
    let mnemonic: Substring
    let operands: [Substring]

    func failure(_ reason: AssemblySyntaxError.Reason) -> AssemblySyntaxError {
        AssemblySyntaxError(line: line, reason: reason)
    }

    func expect(_ count: Int) throws(AssemblySyntaxError) {
        guard operands.count == count else {
            throw failure(.operandCount(expected: count, found: operands.count))
        }
    }

    func register(_ index: Int) throws(AssemblySyntaxError) -> Register {
        try register(operands[index])
    }

    func operand(_ index: Int) throws(AssemblySyntaxError) -> Operand {
        let text = operands[index]
        if text.hasPrefix("%") { return .register(try register(text)) }
        return .immediate(try immediate(text))
    }

    func immediate(_ text: Substring) throws(AssemblySyntaxError) -> Int32 {
        let bits = try number(text)
        // A field of 32 bits is written as a signed or as an unsigned number, or as the 64 bits it extends to.
        if let unsigned = UInt32(exactly: bits) { return Int32(bitPattern: unsigned) }
        guard let signed = Int32(exactly: Int64(bitPattern: bits)) else {
            throw failure(.outOfRange(String(text)))
        }
        return signed
    }

    /// The 64 bits of a number, decimal or hexadecimal, with or without a sign.
    func number(_ text: Substring) throws(AssemblySyntaxError) -> UInt64 {
        let isNegative = text.hasPrefix("-")
        let magnitude = isNegative || text.hasPrefix("+") ? text.dropFirst() : text
        let isHexadecimal = magnitude.hasPrefix("0x") || magnitude.hasPrefix("0X")
        let digits = isHexadecimal ? magnitude.dropFirst(2) : magnitude
        guard digits.first?.isHexDigit == true, let value = UInt64(digits, radix: isHexadecimal ? 16 : 10)
        else {
            throw failure(.notANumber(String(text)))
        }
        return isNegative ? 0 &- value : value
    }

    /// `[%r1]`, `[%r1+8]` or `[%r10-0x10]`.
    func address(_ index: Int) throws(AssemblySyntaxError) -> (base: Register, offset: Int16) {
        let text = operands[index]
        guard text.hasPrefix("["), text.hasSuffix("]") else { throw failure(.notAnAddress(String(text))) }
        let inside = text.dropFirst().dropLast().filter { $0 != " " && $0 != "\t" }[...]
        let end = inside.firstIndex { $0 == "+" || $0 == "-" } ?? inside.endIndex
        let base = try register(inside[..<end])
        guard end < inside.endIndex else { return (base, 0) }
        guard let offset = Int16(exactly: Int64(bitPattern: try number(inside[end...]))) else {
            throw failure(.outOfRange(String(text)))
        }
        return (base, offset)
    }

    private func register(_ text: Substring) throws(AssemblySyntaxError) -> Register {
        guard text.hasPrefix("%r"), let number = UInt8(text.dropFirst(2)),
            let register = Register(rawValue: number)
        else { throw failure(.notARegister(String(text))) }
        return register
    }
}

extension AssemblyStatement {
    /// Splits a line; `nil` where nothing but blanks is left.
    init?(_ text: Substring, line: Int) {
        var words = text.split(maxSplits: 1) { $0 == " " || $0 == "\t" }
        guard let mnemonic = words.first else { return nil }
        words.removeFirst()
        self.line = line
        self.mnemonic = mnemonic
        operands = (words.first ?? "").split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
    }
}

extension Substring {
    /// Without blanks at either end.
    var trimmed: Substring {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return self[endIndex...] }
        return self[first...last]
    }
}

/// One file of the public BPF conformance suite: a program, its input, and what it must do.
package struct ConformanceVector: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        case assembly(String)
        /// The slots themselves, which need not be a program.
        case raw([EncodedInstruction])
    }

    package enum Expectation: Hashable, Sendable {
        case result(UInt64)
        /// The program is refused, or stops; the text is for the reader.
        case error(String)
    }

    package enum Malformation: Error, Hashable, Sendable {
        case unknownSection(String)
        case notANumber(String)
        case noProgram
        case noExpectation
    }

    package let source: Source
    package let memory: [UInt8]
    package let expectation: Expectation

    package init(parsing text: String) throws(Malformation) {
        let sections = try Self.sections(of: text)
        if let raw = sections["raw"] {
            source = .raw(try Self.words(raw))
        } else if let assembly = sections["asm"] {
            source = .assembly(assembly.joined(separator: "\n"))
        } else {
            throw .noProgram
        }

        var memory: [UInt8] = []
        for token in Self.tokens(sections["mem"] ?? []) {
            guard let byte = UInt8(token, radix: 16) else { throw .notANumber(String(token)) }
            memory.append(byte)
        }
        self.memory = memory

        if let message = Self.tokens(sections["error"] ?? [], splitsWords: false).first {
            expectation = .error(String(message))
        } else if let result = Self.tokens(sections["result"] ?? []).first {
            expectation = .result(try Self.number(result))
        } else {
            throw .noExpectation
        }
    }

    /// The program's slots, not yet decoded.
    package func slots() throws(AssemblySyntaxError) -> [EncodedInstruction] {
        switch source {
        case .assembly(let text): try AssemblyParser.parse(text).slots
        case .raw(let slots): slots
        }
    }

    /// The lines of each section, without those that no reader of ours needs.
    private static func sections(of text: String) throws(Malformation) -> [String: [Substring]] {
        var sections: [String: [Substring]] = [:]
        var current: String?
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            guard line.hasPrefix("--") else {
                if let current { sections[current, default: []].append(line) }
                continue
            }
            let name = String(line.dropFirst(2).trimmed)
            switch name {
            case "asm", "raw", "mem", "result", "error": current = name
            case "c", "no register offset": current = nil
            default: throw .unknownSection(name)
            }
        }
        return sections
    }

    private static func tokens(_ lines: [Substring], splitsWords: Bool = true) -> [Substring] {
        lines.flatMap { line -> [Substring] in
            let content = (line.firstIndex(of: "#").map { line[..<$0] } ?? line).trimmed
            guard !content.isEmpty else { return [] }
            return splitsWords ? content.split(whereSeparator: \.isWhitespace) : [content]
        }
    }

    private static func words(_ lines: [Substring]) throws(Malformation) -> [EncodedInstruction] {
        var slots: [EncodedInstruction] = []
        for token in tokens(lines) { slots.append(EncodedInstruction(word: try number(token))) }
        return slots
    }

    private static func number(_ token: Substring) throws(Malformation) -> UInt64 {
        let isHexadecimal = token.hasPrefix("0x") || token.hasPrefix("0X")
        let value = isHexadecimal ? UInt64(token.dropFirst(2), radix: 16) : UInt64(token)
        guard let value else { throw .notANumber(String(token)) }
        return value
    }
}

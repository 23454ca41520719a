/// Reads the assembly of the public BPF conformance suite.
///
/// One statement a line; `#` starts a comment; `name:` places a label; `+3` and `-2` are distances. A jump to `exit`
/// reaches the first `exit` of the text, unless a label of that name is placed.
package struct AssemblyParser {
    private var assembler = Assembler()
    private var labels: [Substring: (label: Assembler.Label, firstUse: Int)] = [:]
    private var placed: Set<Substring> = []
    private var hasExit = false

    package static func parse(_ text: String) throws(AssemblySyntaxError) -> AssembledCode {
        var parser = AssemblyParser()
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            let code = (line.firstIndex(of: "#").map { line[..<$0] } ?? line).trimmed
            if code.hasSuffix(":") {
                try parser.place(code.dropLast(), line: number)
            } else if let statement = AssemblyStatement(code, line: number) {
                try parser.assemble(statement)
            }
        }
        return try parser.finish(line: number)
    }

    private mutating func finish(line: Int) throws(AssemblySyntaxError) -> AssembledCode {
        let unknown = labels.filter { !placed.contains($0.key) && !(hasExit && $0.key == "exit") }
        if let first = unknown.min(by: { $0.value.firstUse < $1.value.firstUse }) {
            throw AssemblySyntaxError(line: first.value.firstUse, reason: .unknownLabel(String(first.key)))
        }
        do {
            return try assembler.finish()
        } catch {
            throw AssemblySyntaxError(line: line, reason: .layout(error))
        }
    }

    private mutating func place(_ name: Substring, line: Int) throws(AssemblySyntaxError) {
        guard placed.insert(name).inserted else {
            throw AssemblySyntaxError(line: line, reason: .duplicateLabel(String(name)))
        }
        assembler.place(label(name, line: line))
    }

    private mutating func label(_ name: Substring, line: Int) -> Assembler.Label {
        if let known = labels[name] { return known.label }
        let label = assembler.label()
        labels[name] = (label, line)
        return label
    }

    private mutating func assemble(_ statement: AssemblyStatement) throws(AssemblySyntaxError) {
        let word = statement.mnemonic
        if let instruction = try statement.straightLine() {
            assembler.emit(instruction)
        } else if word == "exit" {
            try statement.expect(0)
            if !hasExit && !placed.contains("exit") {
                hasExit = true
                assembler.place(label("exit", line: statement.line))
                placed.insert("exit")
            }
            assembler.emit(.exit)
        } else if word == "ja" || word == "ja32" {
            try statement.expect(1)
            try jump(statement, isFar: word == "ja32")
        } else if word == "call" {
            try statement.expect(1)
            try call(statement)
        } else {
            let (stem, width) = Mnemonic.split(word)
            guard let condition = Mnemonic.conditions[stem] else {
                throw statement.failure(.unknownMnemonic(String(word)))
            }
            try statement.expect(3)
            try branch(statement, condition, width)
        }
    }

    private mutating func branch(
        _ statement: AssemblyStatement, _ condition: Condition, _ width: Width
    ) throws(AssemblySyntaxError) {
        let left = try statement.register(0)
        let right = try statement.operand(1)
        let target = statement.operands[2]
        if let distance: Int16 = try statement.distance(target) {
            assembler.emit(.branch(condition, width, left, right, distance))
        } else {
            assembler.branch(condition, width, left, right, to: label(target, line: statement.line))
        }
    }

    private mutating func jump(_ statement: AssemblyStatement, isFar: Bool) throws(AssemblySyntaxError) {
        let target = statement.operands[0]
        if isFar {
            if let distance: Int32 = try statement.distance(target) {
                assembler.emit(.jumpFar(distance))
            } else {
                assembler.jumpFar(to: label(target, line: statement.line))
            }
        } else if let distance: Int16 = try statement.distance(target) {
            assembler.emit(.jump(distance))
        } else {
            assembler.jump(to: label(target, line: statement.line))
        }
    }

    /// `call 5`, `call helper 5`, `call local name`, `call %r2`.
    private mutating func call(_ statement: AssemblyStatement) throws(AssemblySyntaxError) {
        let words = statement.operands[0].split { $0 == " " || $0 == "\t" }
        guard let target = words.last, words.count <= 2 else {
            throw statement.failure(.operandCount(expected: 1, found: words.count))
        }
        if words.count == 2 && words[0] == "local" {
            if let distance: Int32 = try statement.distance(target) {
                assembler.emit(.call(.function(distance)))
            } else {
                assembler.call(label(target, line: statement.line))
            }
        } else if words.count == 2 && words[0] != "helper" {
            throw statement.failure(.unknownMnemonic("call \(words[0])"))
        } else if target.hasPrefix("%") {
            assembler.emit(.call(.register(try statement.register(0))))
        } else {
            assembler.emit(.call(.helper(try statement.immediate(target))))
        }
    }
}

extension AssemblyStatement {
    /// The distance of a jump; `nil` where the text is a label.
    fileprivate func distance<Distance: FixedWidthInteger>(
        _ text: Substring
    ) throws(AssemblySyntaxError) -> Distance? {
        guard text.hasPrefix("+") || text.hasPrefix("-") else { return nil }
        guard let distance = Distance(exactly: Int64(bitPattern: try number(text))) else {
            throw failure(.outOfRange(String(text)))
        }
        return distance
    }
}

internal import CasaDiagnostics

/// What CASA takes for a JSONPath template of Kubernetes: text with paths in braces, such as `{.prompt}`.
///
/// Paths have names, indices, slices, unions, wildcards, descents and filters. The loops of kubectl
/// (`{range}`, `{end}`) are left out: a prompt is one value.
struct JSONPathRule {
    private var rest: Substring

    /// Whether the text is a template with at least one path.
    static func admits(_ text: String) -> Bool {
        var rest = text[...]
        var paths = 0
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            var path = JSONPathRule(rest: rest[open...])
            guard path.take("{"), path.takePath(), path.take("}") else { return false }
            rest = path.rest
            paths += 1
        }
        return paths > 0
    }

    private mutating func takePath() -> Bool {
        skipSpaces()
        let hasRoot = take("$")
        var steps = 0
        while let next = rest.first, next == "." || next == "[" {
            guard next == "." ? takeName() : takeBrackets() else { return false }
            steps += 1
        }
        skipSpaces()
        return hasRoot || steps > 0
    }

    private mutating func takeName() -> Bool {
        rest.removeFirst()
        let descends = take(".")
        if take("*") { return true }
        let name = rest.prefix { !".[]{}()'\" ,*?".contains($0) }
        rest = rest[name.endIndex...]
        // `{.}` is the whole body, `{..['name']}` searches it for a quoted name.
        return !name.isEmpty || (descends ? rest.first == "[" : rest.first == "[" || rest.first == "}")
    }

    private mutating func takeBrackets() -> Bool {
        rest.removeFirst()
        if take("?") { return takeFilter() && take("]") }
        repeat {
            skipSpaces()
            guard take("*") || takeQuoted() || takeSlice() else { return false }
            skipSpaces()
        } while take(",")
        return take("]")
    }

    /// An index or a slice: `3`, `-1`, `0:2`, `::2`.
    private mutating func takeSlice() -> Bool {
        let slice = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ":" || $0 == "-") }
        let numbers = slice.split(separator: ":", omittingEmptySubsequences: false)
        guard !slice.isEmpty, numbers.count <= 3, numbers.allSatisfy({ $0.isEmpty || Int($0) != nil }) else {
            return false
        }
        rest = rest[slice.endIndex...]
        return true
    }

    private mutating func takeQuoted() -> Bool {
        guard let quote = rest.first, quote == "'" || quote == "\"" else { return false }
        var inside = rest.dropFirst()
        while let character = inside.popFirst() {
            if character == "\\" { _ = inside.popFirst() }
            if character == quote {
                rest = inside
                return true
            }
        }
        return false
    }

    /// The condition of a filter: `(@.role=="user")`.
    private mutating func takeFilter() -> Bool {
        guard take("(") else { return false }
        var depth = 1
        var length = 0
        while let character = rest.first {
            if character == "'" || character == "\"" {
                guard takeQuoted() else { return false }
                continue
            }
            rest.removeFirst()
            length += 1
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if depth == 0 { return length > 1 }
        }
        return false
    }

    private mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == " " }
    }
}

extension Form<String> {
    /// A JSONPath template.
    static var jsonPath: Form {
        text.converting { text, reading in
            if JSONPathRule.admits(text.value) { return text.value }
            let start = text.value.drop { $0 == "$" || $0 == "{" || $0 == "." || $0 == " " }
            let path = start.hasSuffix("}") ? start.dropLast() : start
            let isRepairable = !path.isEmpty && JSONPathRule.admits("{.\(path)}")
            let help =
                isRepairable
                ? "did you mean `{.\(path)}`?"
                : "write a path in braces, as in `{.prompt}` or `{.messages[0].content}`"
            return reading.refuse(
                Diagnostic(.invalidJSONPath, at: text.origin, "`\(text.value)` is not a JSONPath template")
                    .help(help))
        }
    }
}

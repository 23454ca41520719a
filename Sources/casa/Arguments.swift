internal import CasaDiagnostics

/// The words of a command line, sorted into options and operands by what the command declares.
struct Arguments {
    let operands: [String]
    /// More than one for options that may be repeated only.
    private let values: [String: [String]]
    private let switches: Set<String>

    /// `--name value`, `--name=value`, `-o value`; after `--` everything is an operand; a lone `-` is one too.
    init(_ words: [String], for command: any Command.Type) throws(UsageError) {
        var operands: [String] = []
        var values: [String: [String]] = [:]
        var switches: Set<String> = []
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                operands.append(word)
                continue
            }
            let (name, attached) = Self.split(word)
            guard let option = command.options.first(where: { $0.name == name }) else {
                throw Self.unknown(name, of: command)
            }
            if option.value == nil {
                guard attached == nil else { throw UsageError("`\(name)` takes no value") }
                switches.insert(name)
            } else {
                guard let value = attached ?? rest.popFirst() else {
                    throw UsageError("`\(name)` needs a value")
                }
                guard option.isRepeatable || values[name] == nil else {
                    throw UsageError("`\(name)` is given twice")
                }
                values[name, default: []].append(value)
            }
        }
        self.operands = operands
        self.values = values
        self.switches = switches
    }

    func has(_ name: String) -> Bool { switches.contains(name) }

    func value(_ name: String) -> String? { values[name]?.first }

    /// The values of an option that may be repeated, in the order of the line.
    func values(_ name: String) -> [String] { values[name] ?? [] }

    func required(_ name: String) throws(UsageError) -> String {
        guard let value = value(name) else { throw UsageError("`\(name)` is missing") }
        return value
    }

    /// The only operand.
    func single(_ what: String) throws(UsageError) -> String {
        guard let operand = operands.first else { throw UsageError("\(what) is missing") }
        guard operands.count == 1 else { throw UsageError("one \(what) only, not \(operands.count)") }
        return operand
    }

    func atLeastOne(_ what: String) throws(UsageError) -> [String] {
        guard !operands.isEmpty else { throw UsageError("\(what) is missing") }
        return operands
    }

    private static func split(_ word: String) -> (name: String, value: String?) {
        guard word.hasPrefix("--"), let equals = word.firstIndex(of: "=") else { return (word, nil) }
        return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }

    private static func unknown(_ name: String, of command: any Command.Type) -> UsageError {
        let meant = closestMatch(to: name, among: command.options.map(\.name))
        return UsageError("unknown option `\(name)`" + (meant.map { "; did you mean `\($0)`?" } ?? ""))
    }
}

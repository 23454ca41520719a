/// One thing said to the user about the input or the world.
package struct Diagnostic: Hashable, Sendable {
    package var code: DiagnosticCode
    package var severity: Severity
    /// What is wrong: one line, lower case, no full stop, standing alone.
    package var message: String
    /// The places it is about; the first is the primary one.
    package var labels: [Label]
    package var notes: [Note] = []

    package init(
        _ code: DiagnosticCode, _ severity: Severity? = nil, at range: SourceRange?, _ message: String,
        label: String = ""
    ) {
        self.code = code
        self.severity = severity ?? code.defaultSeverity
        self.message = message
        labels = range.map { [Label(range: $0, text: label)] } ?? []
    }

    package var primary: SourceRange? { labels.first?.range }
}

/// A place a diagnostic points to, with a few words.
package struct Label: Hashable, Sendable {
    package let range: SourceRange
    package let text: String
}

/// A circumstance, or what to do.
package enum Note: Hashable, Sendable {
    case note(String)
    case help(String)
}

/// How bad it is; only an error stops a phase.
package enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
    case info, warning, error

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        }
    }
}

extension Diagnostic {
    /// Adds a secondary place.
    package func also(_ range: SourceRange, _ text: String) -> Diagnostic {
        var copy = self
        copy.labels.append(Label(range: range, text: text))
        return copy
    }

    /// Adds what to do about it.
    package func help(_ text: String) -> Diagnostic {
        var copy = self
        copy.notes.append(.help(text))
        return copy
    }

    /// Adds a circumstance.
    package func note(_ text: String) -> Diagnostic {
        var copy = self
        copy.notes.append(.note(text))
        return copy
    }
}

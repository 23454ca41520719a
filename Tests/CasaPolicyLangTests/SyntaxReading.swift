import CasaDiagnostics
import CasaPolicyLang
import CasaYAML

/// What the syntax phase made of a text.
struct SyntaxReading {
    /// Absent where an error was reported.
    let syntax: PolicySyntax?
    let diagnostics: [Diagnostic]

    init(_ text: String) {
        var bag = DiagnosticBag()
        let file = SourceFile(name: "test.yaml", text: text)
        do throws(Reported) {
            let documents = try ReadDocuments().run(file, reporting: &bag)
            syntax = try ReadSyntax().run(documents, reporting: &bag)
        } catch {
            syntax = nil
        }
        diagnostics = bag.inReadingOrder
    }

    /// A policy with this spec, besides its target.
    static func policy(_ spec: String) -> SyntaxReading {
        SyntaxReading(
            """
            apiVersion: casa.io/v1alpha1
            kind: CASAPolicy
            metadata: {name: agent-policy, namespace: banking}
            spec:
              targetRef: {kind: Deployment, name: agent}
            \(indented(spec))
            """)
    }

    /// A policy with one source.
    static func source(_ source: String) -> SyntaxReading {
        policy("allowedSources:\n  - \(source)")
    }

    /// A system with this spec, besides its name and checks.
    static func system(_ spec: String) -> SyntaxReading {
        SyntaxReading(
            """
            apiVersion: casa.io/v1alpha1
            kind: MultiAgentSystem
            metadata: {name: bank, namespace: banking}
            spec:
              name: The bank
              enabledToolChecks: []
            \(indented(spec))
            """)
    }

    /// A system with one application, a server at this place with these further keys.
    static func application(baseURL: String, _ more: String = "") -> SyntaxReading {
        let keys = more.isEmpty ? "" : ", \(more)"
        return system("apps:\n  - {name: server, type: mcp_server, baseUrl: \(baseURL)\(keys)}")
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }
}

/// A diagnostic as a test expects it: what, where, and what to do.
struct Finding: Equatable, CustomStringConvertible {
    let code: DiagnosticCode
    /// The exact text of the primary range.
    let text: String
    let message: String
    let help: [String]

    init(_ code: DiagnosticCode, _ text: String, _ message: String, _ help: String...) {
        self.code = code
        self.text = text
        self.message = message
        self.help = help
    }

    init(_ diagnostic: Diagnostic) {
        code = diagnostic.code
        text = diagnostic.primary?.text ?? ""
        message = diagnostic.message
        help = diagnostic.notes.compactMap { note in
            if case .help(let help) = note { help } else { nil }
        }
    }

    var description: String { "\(code.identifier) at \"\(text)\": \(message); help: \(help)" }
}

extension SyntaxReading {
    var findings: [Finding] { diagnostics.map(Finding.init) }
}

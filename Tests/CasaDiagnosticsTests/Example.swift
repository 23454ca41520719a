import CasaDiagnostics

/// The policy that the golden reports are about.
enum Example {
    static let file = SourceFile(
        name: "policies/payments.yaml",
        text: """
            kind: CASAPolicy
            metadata:
              name: payments
            spec:
              rules:
              - name: payouts
                alow: [transfer]
              - name: deny-external


              # the one below is never reached
              - name: audit-all
                mode: audit

            """)

    /// The first place at which a text stands in a file.
    static func range(of text: String, in file: SourceFile = file) -> SourceRange {
        let bytes = Array(text.utf8)
        let start = (0...max(0, file.bytes.count - bytes.count)).first {
            file.bytes[$0...].starts(with: bytes)
        }
        return SourceRange(file: file, bytes: (start ?? 0)..<(start ?? 0) + bytes.count)
    }

    static let unknownKey = Diagnostic(
        .unknownKey, at: range(of: "alow"), "unknown key `alow`", label: "not a key of a rule"
    )
    .help("did you mean `allow`?")

    static let shadowed = Diagnostic(
        .emptyPolicy, at: range(of: "name: audit-all"), "rule `audit-all` never decides anything",
        label: "shadowed"
    )
    .also(range(of: "name: deny-external"), "this rule already decides every request the one below matches")
    .note("proved; no request reaches this rule")

    static let placeless = Diagnostic(.missingPrivilege, at: nil, "loading needs the capability CAP_BPF")
        .help("run it as root\nor give it the capability")
}

/// The report without its last line break and without its summary.
func human(_ diagnostic: Diagnostic, width: Int? = nil) -> String {
    let text = Rendering(format: .human, width: width, colour: false).text([diagnostic])
    return text.split(separator: "\n\n").dropLast().joined(separator: "\n\n")
}

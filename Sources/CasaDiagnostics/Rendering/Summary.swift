/// The closing line of a report: `2 errors, 1 warning`.
struct Summary {
    let text: String

    init(_ diagnostics: [Diagnostic]) {
        let counts = Severity.allCases.sorted(by: >).map { severity in
            (severity: severity, count: diagnostics.count { $0.severity == severity })
        }
        text = counts.filter { $0.count > 0 }
            .map { "\($0.count) \($0.severity.rawValue)\($0.count == 1 ? "" : "s")" }
            .joined(separator: ", ")
    }
}

package import CasaDiagnostics
package import CasaYAML

/// Reads a file into documents; a file that lost its indentation is told so before YAML stumbles over it.
///
/// What comes out of a web page is often no longer YAML, and "did not find expected key" helps nobody.
package struct ReadDocuments: Sendable {
    private let limits: YAMLLimits

    package init(limits: YAMLLimits = .standard) {
        self.limits = limits
    }

    package func run(
        _ file: SourceFile, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> [YAMLDocument] {
        var failure: Reported?
        for lost in LostIndentation.diagnostics(in: file) { failure = diagnostics.fail(lost) }
        if let failure { throw failure }
        return try YAMLReader(limits: limits).read(file, reporting: &diagnostics)
    }
}

package import CasaDiagnostics

/// Reads a YAML stream into trees with exact byte ranges.
///
/// What it returns says exactly what the file says, but for keys written twice: those are reported, and both
/// entries stand in the tree, so that the rest of the file can be checked in the same run.
package struct YAMLReader: Sendable {
    private let limits: YAMLLimits

    package init(limits: YAMLLimits = .standard) {
        self.limits = limits
    }

    /// The documents of a file in order, without the empty ones.
    package func read(
        _ file: SourceFile, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> [YAMLDocument] {
        var builder = TreeBuilder(file: file, limits: limits)
        var refusal: Refusal?
        do throws(Refusal) {
            try read(file, into: &builder)
        } catch {
            refusal = error
        }
        for mistake in builder.mistakes { diagnostics.report(mistake) }
        if let refusal { throw diagnostics.fail(refusal.diagnostic) }
        // A dropped key or an unread tag would make later phases complain about what is not wrong.
        if !builder.isFaithful { try diagnostics.throwIfFailed() }
        return builder.documents
    }

    private func read(_ file: SourceFile, into builder: inout TreeBuilder) throws(Refusal) {
        let content = try TextCheck(file: file, limits: limits).content()
        var stream = EventStream(file.bytes, content)
        while true {
            let event: Event
            do throws(ParserComplaint) {
                event = try stream.next()
            } catch {
                throw Refusal(ComplaintTranslation(error, in: file).diagnostic)
            }
            if case .streamEnd = event.kind { return }
            try builder.take(event)
        }
    }
}

/// Why a file is not read any further.
struct Refusal: Error {
    let diagnostic: Diagnostic

    init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }
}

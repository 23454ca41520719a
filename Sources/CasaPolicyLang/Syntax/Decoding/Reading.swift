internal import CasaDiagnostics

/// What the reading of one document has said so far, and the keys its kind knows.
///
/// A class, so that the schemas read as schemas and do not hand a bag from line to line. It lives inside one
/// call of ``ReadSyntax`` and never leaves it.
final class Reading {
    private(set) var diagnostics: [Diagnostic] = []
    /// Where a key that was not expected may belong.
    var vocabulary = KeyTree("", [])

    func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    /// Says why there is no value.
    func refuse<Value>(_ diagnostic: Diagnostic) -> Value? {
        precondition(diagnostic.severity == .error, "a value is refused with an error")
        diagnostics.append(diagnostic)
        return nil
    }
}

/// Proof that an error was put in front of the user; a phase can stop only with it.
package struct Reported: Error, Hashable {
    fileprivate init() {}
}

/// What the phases have said so far, in order.
package struct DiagnosticBag: Sendable {
    package private(set) var diagnostics: [Diagnostic] = []

    package init() {}

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// Says something that does not stop the phase by itself.
    package mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    /// Says an error and yields the proof of having said it.
    package mutating func fail(_ diagnostic: Diagnostic) -> Reported {
        precondition(diagnostic.severity == .error, "only an error may stop a phase")
        diagnostics.append(diagnostic)
        return Reported()
    }

    /// The proof for errors reported earlier; throws nothing when there were none.
    package func throwIfFailed() throws(Reported) {
        if hasErrors { throw Reported() }
    }

    /// The diagnostics in the order in which a reader meets them: by file, place and code.
    ///
    /// Those without a place come last. The same thing said twice about the same place is said once.
    package var inReadingOrder: [Diagnostic] {
        let keyed = diagnostics.enumerated().map { index, diagnostic in
            (key: ReadingKey(diagnostic, index: index), diagnostic: diagnostic)
        }
        var result: [Diagnostic] = []
        for entry in keyed.sorted(by: { $0.key < $1.key }) where result.last != entry.diagnostic {
            result.append(entry.diagnostic)
        }
        return result
    }
}

/// Sorts diagnostics as a reader goes through the files.
private struct ReadingKey: Comparable {
    let placed: Bool
    let file: String
    let offset: Int
    let code: Int
    let index: Int

    init(_ diagnostic: Diagnostic, index: Int) {
        placed = diagnostic.primary != nil
        file = diagnostic.primary?.file.name ?? ""
        offset = diagnostic.primary?.bytes.lowerBound ?? 0
        code = diagnostic.code.rawValue
        self.index = index
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.placed != right.placed { return left.placed }
        if left.file != right.file { return left.file < right.file }
        return (left.offset, left.code, left.index) < (right.offset, right.code, right.index)
    }
}

package import CasaDiagnostics

/// What policies say in comments about the diagnostics they are to get.
///
/// `# expect: CASA2010` behind a line expects that diagnostic there, with its primary place on the line; several
/// codes are separated by commas. Where no comment can stand, the comments at the beginning of the file say
/// `# expect-at: 7 CASA1006`; line 0 is for diagnostics without a place. `# ignore: CASA3011` there leaves a code
/// out of the comparison.
package struct ExpectedDiagnostics: Sendable {
    /// A diagnostic as far as a comment can tell it.
    package struct Entry: Hashable, Sendable, Comparable, CustomStringConvertible {
        package let file: String
        package let line: Int
        package let code: DiagnosticCode

        package init(file: String, line: Int, code: DiagnosticCode) {
            self.file = file
            self.line = line
            self.code = code
        }

        package static func < (left: Entry, right: Entry) -> Bool {
            (left.file, left.line, left.code.rawValue) < (right.file, right.line, right.code.rawValue)
        }

        package var description: String { "\(file):\(line) \(code.identifier) (\(code.name))" }
    }

    /// A marker that nobody can read; a test with one must fail, not pass for want of expectations.
    package struct MarkerError: Error, Hashable, CustomStringConvertible {
        package let file: String
        package let line: Int
        package let text: String

        package var description: String { "\(file):\(line): cannot read the marker `\(text)`" }
    }

    /// What has to be said, in order; an entry that stands twice is expected twice.
    package private(set) var entries: [Entry] = []
    private var ignored: [String: Set<DiagnosticCode>] = [:]

    /// Reads the comments of the files of one input.
    package init(in files: [SourceFile]) throws(MarkerError) {
        for file in files {
            var isHead = true
            for number in 1...file.lineCount {
                let text = file.text(file.byteRange(ofLine: number))
                isHead = isHead && text.hasPrefix("#")
                try read(ExpectationComment(text), in: file.name, line: number, isHead: isHead)
            }
        }
        entries.sort()
    }

    private mutating func read(
        _ comment: ExpectationComment?, in file: String, line: Int, isHead: Bool
    ) throws(MarkerError) {
        guard let comment else { return }
        let error = MarkerError(file: file, line: line, text: comment.text)
        guard let codes = comment.codes, !codes.isEmpty else { throw error }
        switch comment.kind {
        case .expect:
            entries += codes.map { Entry(file: file, line: line, code: $0) }
        case .expectAt(let place):
            guard isHead, let place else { throw error }
            entries += codes.map { Entry(file: place == 0 ? "" : file, line: place, code: $0) }
        case .ignore:
            guard isHead else { throw error }
            ignored[file, default: []].formUnion(codes)
        }
    }

    /// What was expected and not said, and what was said and not expected; nothing where the two agree.
    package func differences(from diagnostics: [Diagnostic]) -> [String] {
        var missing = entries
        var surprising: [String] = []
        for diagnostic in diagnostics {
            let place = diagnostic.primary
            let entry = Entry(
                file: place?.file.name ?? "", line: place?.start.line ?? 0, code: diagnostic.code)
            if ignored[entry.file]?.contains(entry.code) ?? false { continue }
            if let index = missing.firstIndex(of: entry) {
                missing.remove(at: index)
            } else {
                surprising.append("not expected: \(entry): \(diagnostic.message)")
            }
        }
        return missing.map { "not said: \($0)" } + surprising
    }
}

/// A comment that speaks to the test.
private struct ExpectationComment {
    enum Kind {
        case expect
        /// The line, if it can be read.
        case expectAt(Int?)
        case ignore
    }

    let kind: Kind
    /// `nil` where one of them is no code.
    let codes: [DiagnosticCode]?
    let text: String

    init?(_ line: String) {
        let markers: [(word: String, kind: Kind)] = [
            ("# expect: ", .expect), ("# expect-at: ", .expectAt(nil)), ("# ignore: ", .ignore),
        ]
        guard let marker = markers.first(where: { line.contains($0.word) }),
            let place = line.firstRange(of: marker.word)
        else { return nil }
        text = String(line[place.lowerBound...])
        var rest = line[place.upperBound...]
        if case .expectAt = marker.kind {
            let number = rest.prefix { $0.isNumber }
            kind = .expectAt(Int(number))
            rest = rest.dropFirst(number.count)
        } else {
            kind = marker.kind
        }
        let words = rest.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.filter { $0 != " " }
        }
        let read = words.map { word in DiagnosticCode.allCases.first { $0.identifier == word } }
        codes = read.contains(nil) ? nil : read.compactMap { $0 }
    }
}

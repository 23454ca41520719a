import CasaDiagnostics

/// Recognises complaints of libyaml that are really about tabs in front of a line.
struct TabRule {
    private static let aboutTabs = [
        "found a tab character that violates indentation",
        "found a tab character where an indentation space is expected",
    ]
    /// What libyaml says of block structure when it has taken a tab for a blank inside of a text.
    private static let aboutStructure = [
        "mapping values are not allowed in this context",
        "block sequence entries are not allowed in this context",
        "could not find expected ':'",
        "did not find expected key",
        "did not find expected '-' indicator",
    ]

    let complaint: ParserComplaint
    let file: SourceFile

    /// The diagnostic, where tabs are the reason; inside of brackets and braces they are allowed.
    var diagnostic: Diagnostic? {
        guard let tabs else { return nil }
        return Diagnostic(
            .tabIndentation, at: SourceRange(file: file, bytes: tabs), "a tab is used as indentation",
            label: "a tab"
        )
        .help("indent with spaces")
    }

    private var tabs: Range<Int>? {
        let bytes = file.bytes
        let tab = UInt8(ascii: "\t")
        let offset = min(complaint.offset, bytes.count)
        let isTab = offset < bytes.count && bytes[offset] == tab
        let isAboutTabs =
            Self.aboutTabs.contains(complaint.problem)
            || complaint.problem == "found character that cannot start any token"
        if isTab, isAboutTabs {
            return offset..<(bytes[offset...].firstIndex { $0 != tab } ?? bytes.count)
        }
        guard Self.aboutStructure.contains(complaint.problem) else { return nil }
        let line = file.byteRange(ofLine: file.position(of: offset).line)
        let indentation = bytes[line].prefix { $0.isBlank }
        guard let first = indentation.firstIndex(of: tab) else { return nil }
        return first..<(indentation[first...].firstIndex { $0 != tab } ?? indentation.endIndex)
    }
}

internal import CasaBPF
internal import CasaBundle
internal import CasaDiagnostics
internal import CasaPolicyIR

/// Turns what instructions are there for into BTF line records, so that the kernel's and our dumps show the
/// policy.
///
/// Code that serves no rule points to a file `casa` that does not exist, in which each line is a sentence.
struct LineTable {
    static let ownFile = "casa"
    /// Long enough for any line a person would write; a document on one line is not repeated for each rule.
    private static let textLimit = 160

    private struct Line {
        let file: String
        let text: String
        let line: Int
        let column: Int
    }

    private let rules: [Rule]

    init(_ rules: [Rule]) {
        self.rules = rules
    }

    /// A record at the first instruction and wherever the line changes.
    func records(of code: AssembledCode, in builder: inout BTFBuilder) -> [BTFLineRecord] {
        var records: [BTFLineRecord] = []
        var current: Int?
        for annotation in code.annotations where annotation.tag != current {
            current = annotation.tag
            let line = line(for: Provenance(tag: annotation.tag))
            records.append(
                BTFLineRecord(
                    instruction: annotation.slot, file: builder.string(line.file),
                    text: builder.string(line.text),
                    line: line.line, column: line.column))
        }
        return records
    }

    private func line(for provenance: Provenance) -> Line {
        switch provenance {
        case .search: Line(file: Self.ownFile, text: "find the decision", line: 1, column: 1)
        case .noRule: Line(file: Self.ownFile, text: "no rule speaks of it", line: 2, column: 1)
        case .rule(let number): line(for: rules[number])
        }
    }

    private func line(for rule: Rule) -> Line {
        guard let origin = rule.origin else {
            return Line(
                file: Self.ownFile, text: "\(rule.description) (\(RuleEntry.text(of: rule.source)))", line: 3,
                column: 1)
        }
        let start = origin.start
        let text = origin.file.text(origin.file.byteRange(ofLine: start.line))
        return Line(
            file: origin.file.artifactName, text: String(text.unicodeScalars.prefix(Self.textLimit)),
            line: min(start.line, BTFLineRecord.maximumLine),
            column: min(start.column, BTFLineRecord.maximumColumn))
    }
}

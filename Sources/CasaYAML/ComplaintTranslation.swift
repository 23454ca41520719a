import CasaDiagnostics

/// Says what libyaml complains about in CASA's words, at the smallest place.
///
/// libyaml names the grammar rule that failed; a person wants to know what they did. Tabs and Helm templates
/// make it fail in a dozen ways, so they are looked for first.
struct ComplaintTranslation {
    let complaint: ParserComplaint
    let file: SourceFile
    let place: ComplaintPlace

    init(_ complaint: ParserComplaint, in file: SourceFile) {
        self.complaint = complaint
        self.file = file
        place = ComplaintPlace(complaint, in: file)
    }

    var diagnostic: Diagnostic {
        switch complaint.origin {
        case .memory:
            return Diagnostic(
                .inputTooLarge, at: SourceRange(file: file, bytes: 0..<0), "no memory to read the file"
            )
            .help("split it, or name only the files that hold manifests")
        case .character(let scalar): return forbiddenCharacter(scalar)
        case .grammar: break
        }
        if let template = TemplateRule(file: file).template(within: place.lines) { return template }
        if let tab = TabRule(complaint: complaint, file: file).diagnostic { return tab }
        return scannerDiagnostic ?? parserDiagnostic ?? other
    }

    private func forbiddenCharacter(_ scalar: UInt32) -> Diagnostic {
        let digits = String(scalar, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return Diagnostic(
            .invalidYAML, at: SourceRange(file: file, bytes: place.scalar),
            "character \(name) is not allowed in YAML", label: "\(name) stands here"
        )
        .help("remove it, or write it as an escape in double quotes")
    }

    /// What the grammar of words complains about; nothing where the problem is not one of its.
    private var scannerDiagnostic: Diagnostic? {
        switch complaint.problem {
        case "could not find expected ':'":
            return make(place.contextLine, "missing `:` after a key", "no `:` follows")
                .help("write `key: value`, or indent the line to continue the text above")
        case "mapping values are not allowed in this context":
            return make(place.byte, "a key is not allowed here", "this `:` would make what precedes it a key")
                .help("quote text that holds `: `; begin a nested mapping on a line of its own")
        case "mapping keys are not allowed in this context":
            return make(place.byte, "a key is not allowed here", "this `?` would begin one")
                .help("quote text that begins with `? `")
        case "block sequence entries are not allowed in this context":
            return make(place.byte, "a list entry is not allowed here", "this `-` would begin one")
                .help("begin a list on a line of its own; quote text that begins with `- `")
        case "found character that cannot start any token":
            return make(
                place.scalar, "a value cannot begin with `\(place.scalarText)`", "not a beginning of a value"
            )
            .help("quote the text")
        case "found unexpected ':'":
            return make(place.byte, "unexpected `:`", "inside of brackets or braces")
                .help("quote the text, or write a blank behind the `:`")
        case "found unexpected document indicator", "found unexpected end of stream":
            let message = "a quoted text is not closed"
            return make(place.contextByte, message, "opened here").help("close it with the same quote")
        case "found unknown escape character":
            return make(place.escape, "unknown escape `\(file.text(place.escape))`", "not an escape of YAML")
                .help("write `\\\\` for a backslash, or use single quotes")
        case "did not find expected hexdecimal number":
            return make(
                place.escape, "escape without enough hexadecimal digits", "`\\x` takes 2, `\\u` 4, `\\U` 8"
            )
            .help("write all the digits, or use single quotes")
        case "found invalid Unicode character escape code":
            return make(place.escape, "escape of a character that does not exist", "no such code point")
                .help("write the character itself")
        case "found an indentation indicator equal to 0":
            return make(place.byte, "indentation indicator is 0", "must be from 1 to 9")
                .help("remove it; the first line says how far the text is indented")
        case "did not find expected comment or line break" where complaint.context.hasSuffix("block scalar"):
            return make(
                place.word, "text behind the beginning of a block scalar", "expected the end of the line"
            )
            .help("begin the text on the next line")
        case "did not find expected alphabetic or numeric character":
            let isAlias = complaint.context.hasSuffix("alias")
            let sign = isAlias ? "*" : "&"
            return make(place.contextWord, "`\(sign)` without a name", isAlias ? "an alias" : "an anchor")
                .help("quote text that begins with `\(sign)`; names are letters, digits, `-` and `_`")
        default:
            break
        }
        if complaint.context.contains("directive") {
            return make(
                place.contextLine, "not a directive of YAML", "a line that begins with `%` is a directive"
            )
            .help("quote the text, or indent it")
        }
        if complaint.context.hasSuffix(" tag") {
            return make(place.contextWord, "not a tag", "text that begins with `!` is a tag").help(
                "quote the text")
        }
        return nil
    }

    private var other: Diagnostic {
        let words = complaint.problem.replacing("'", with: "`")
        return make(place.word, "this is not YAML: \(words)", "libyaml stops here")
            .help("compare it with an example that works")
    }

    func make(_ bytes: Range<Int>, _ message: String, _ label: String) -> Diagnostic {
        Diagnostic(.invalidYAML, at: SourceRange(file: file, bytes: bytes), message, label: label)
    }
}

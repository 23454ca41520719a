import CasaDiagnostics

extension ComplaintTranslation {
    /// What the grammar of sentences complains about; nothing where the problem is not one of its.
    var parserDiagnostic: Diagnostic? {
        switch complaint.problem {
        case "did not find expected key": return expectedKey
        case "did not find expected '-' indicator":
            if place.isFirstOnLine, !place.isAlignedWithContext {
                return misaligned("an entry of the list", "list")
            }
            return make(place.word, "expected a list entry", "expected `-`")
                .also(context, "the list begins here")
                .help("begin it with `- `, or indent it as its owner is indented")
        case "did not find expected ',' or ']'": return unclosed("list", "[", "]")
        case "did not find expected ',' or '}'": return unclosed("mapping", "{", "}")
        case "did not find expected node content":
            if place.isAtEnd {
                return make(place.byte, "expected a value", "the file ends here").help("write it")
            }
            if place.isColon { return missingKey }
            let found = place.scalarText
            return make(place.scalar, "expected a value, found `\(found)`", "not a beginning of a value")
                .help("write the value, or quote the text")
        case "did not find expected <document start>":
            return make(
                place.word, "text behind the end of the document", "expected `---` or the end of the file"
            )
            .help("separate documents by a line `---`")
        case "found undefined tag handle":
            return make(place.word, "tag with an undeclared prefix", "no `%TAG` line declares it")
                .help("remove it, or quote text that begins with `!`")
        case "found duplicate %YAML directive", "found duplicate %TAG directive":
            return make(place.word, "directive is written twice", "written again").help("keep one of them")
        case "found incompatible YAML document":
            return make(place.line, "unknown version of YAML", "CASA reads YAML 1.1 and 1.2").help(
                "remove the line")
        default: return nil
        }
    }

    private var expectedKey: Diagnostic {
        if place.isColon { return missingKey }
        if place.isFirstOnLine {
            guard place.isAlignedWithContext else { return misaligned("a key of the mapping", "mapping") }
            return make(place.word, "expected a key", "among the keys of a mapping")
                .also(context, "the mapping begins here")
                .help("write `key: value`, or indent it as a part of the value above")
        }
        return make(place.word, "text behind the end of a value", "expected the end of the line")
            .help("quote the whole value")
    }

    private func misaligned(_ expected: String, _ kind: String) -> Diagnostic {
        make(place.word, "the indentation matches no level above", "expected \(expected)")
            .also(context, "the \(kind) begins here")
            .help("indent it as what it belongs to is indented")
    }

    private var missingKey: Diagnostic {
        make(place.byte, "missing key", "expected a key before `:`").help("write `key: value`")
    }

    private func unclosed(_ kind: String, _ opening: String, _ closing: String) -> Diagnostic {
        if place.isAtEnd {
            return make(place.contextByte, "`\(opening)` is not closed", "the \(kind) begins here")
                .help("close it with `\(closing)`")
        }
        // Without a comma libyaml takes the next line as part of the text before it and stumbles over its colon.
        let found = place.isColon ? place.keyOnLine ?? place.byte : place.word
        return make(found, "expected `,` or `\(closing)`", "the \(kind) goes on here")
            .also(context, "the \(kind) begins here")
            .help("separate entries by `,`, or close the \(kind) with `\(closing)`")
    }

    private var context: SourceRange { SourceRange(file: file, bytes: place.contextByte) }
}

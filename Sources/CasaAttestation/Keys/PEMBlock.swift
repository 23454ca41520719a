/// The one key of a PEM file (RFC 7468), as DER.
///
/// OpenSSL's own reader takes more than is promised here, and asks for passphrases on the terminal.
package struct PEMBlock {
    package enum Label: String, Hashable, Sendable {
        /// PKCS #8 (RFC 5958).
        case privateKey = "PRIVATE KEY"
        /// A SubjectPublicKeyInfo (RFC 5280).
        case publicKey = "PUBLIC KEY"
    }

    /// Keys are small; a larger file is something else.
    package static let byteLimit = 64 << 10

    package let content: [UInt8]

    /// Text outside of the block is explanatory and skipped, as RFC 7468 has it.
    package init(_ text: [UInt8], label: Label) throws(KeyProblem) {
        guard text.count <= Self.byteLimit else { throw .malformed(reason: "it is too large for a key") }
        var block: (label: String, lines: [String])?
        var found: (label: String, lines: [String])?
        for line in String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let line = String(line.reversed().drop(while: \.isWhitespace).reversed())
            if let opened = Self.boundary("BEGIN", line) {
                guard block == nil else { throw .malformed(reason: "a PEM block in it does not end") }
                guard found == nil else { throw .severalKeys }
                block = (opened, [])
            } else if let closed = Self.boundary("END", line) {
                guard let open = block, open.label == closed else {
                    throw .malformed(reason: "a PEM block in it does not end as it begins")
                }
                (found, block) = (open, nil)
            } else {
                block?.lines.append(line)
            }
        }
        guard block == nil else { throw .malformed(reason: "its PEM block does not end") }
        guard let found else { throw .noKey }
        try self.init(label: found.label, lines: found.lines, wanted: label)
    }

    private init(label: String, lines: [String], wanted: Label) throws(KeyProblem) {
        let isEncrypted =
            label == "ENCRYPTED PRIVATE KEY"
            || lines.contains { $0.hasPrefix("Proc-Type:") && $0.contains("ENCRYPTED") }
        if isEncrypted, wanted == .privateKey { throw .encrypted }
        guard label == wanted.rawValue else { throw .wrongLabel(label, wanted: wanted) }
        guard let content = Base64Text.decode(lines.joined(), alphabets: [.standard]), !content.isEmpty
        else { throw .malformed(reason: "its PEM block is not base64") }
        self.content = content
    }

    /// The label of a line `-----BEGIN LABEL-----`.
    private static func boundary(_ word: String, _ line: String) -> String? {
        let (start, end) = ("-----\(word) ", "-----")
        guard line.hasPrefix(start), line.hasSuffix(end), line.utf8.count > start.utf8.count + end.utf8.count
        else { return nil }
        let label = line.dropFirst(start.count).dropLast(end.count)
        // A label ends up in a message, so it has to be one.
        return label.utf8.count <= 64 && label.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
            ? String(label) : nil
    }
}

internal import COpenSSL

/// A SHA-256 digest (FIPS 180-4) in lower-case hexadecimal.
package struct Digest: Hashable, Sendable, Codable, CustomStringConvertible {
    package let description: String

    package init(of bytes: [UInt8]) {
        var output = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let result = EVP_Digest(bytes, bytes.count, &output, &length, EVP_sha256(), nil)
        precondition(result == 1 && length == 32, "SHA-256 of bytes in memory cannot fail")
        description = output.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard text.utf8.count == 64,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "not a SHA-256 digest in lower-case hexadecimal"))
        }
        description = text
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

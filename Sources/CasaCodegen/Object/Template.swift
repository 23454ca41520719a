package import CasaBundle
internal import FoundationEssentials

/// The kernel side that is the same for every policy, compiled when CASA was built.
package struct Template: Sendable {
    package let bytes: [UInt8]
    package let digest: Digest

    package init(bytes: [UInt8]) {
        self.bytes = bytes
        digest = Digest(of: bytes)
    }

    /// The one inside this program.
    package static let embedded = Template(bytes: decodeEmbedded())

    private static func decodeEmbedded() -> [UInt8] {
        guard let data = Data(base64Encoded: EmbeddedTemplate.base64.description) else {
            preconditionFailure("the build writes the embedded template in base64")
        }
        return Array(data)
    }
}

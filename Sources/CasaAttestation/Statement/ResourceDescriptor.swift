package import CasaBundle

/// A file by name and content, as in-toto writes it.
package struct ResourceDescriptor: Hashable, Sendable, Codable {
    package let name: String
    package let digest: DigestSet

    package init(name: String, sha256: Digest) {
        self.name = name
        digest = DigestSet(sha256: sha256)
    }
}

/// Digests by algorithm; of those that in-toto knows, CASA writes and reads one.
package struct DigestSet: Hashable, Sendable, Codable {
    package let sha256: Digest

    package init(sha256: Digest) {
        self.sha256 = sha256
    }
}

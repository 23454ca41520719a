/// What a checked attestation says of the bundle it is about, for those who load it.
package struct AttestedGeneration: Hashable, Sendable, Codable {
    /// Of the trusted keys that signed, sorted.
    package let keys: [String]
    /// Given by whoever signed: of two attested bundles of a namespace the greater one is newer.
    package let generation: Int
    /// Of the bytes of `manifest.json`, which hold the digests of everything else.
    package let manifest: Digest

    package init(keys: [String], generation: Int, manifest: Digest) {
        self.keys = keys
        self.generation = generation
        self.manifest = manifest
    }
}

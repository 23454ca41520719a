package import CasaBundle

/// How a bundle is loaded.
package struct LoadOptions: Hashable, Sendable {
    /// Load although nobody serves some rules' enforcement points; the status says so ever after.
    package var kernelOnly: Bool
    /// Whether flows that pass are reported when they open; `nil` leaves it as it is.
    package var reportAllowed: Bool?
    /// Load although nothing was proved of the object; the status says so ever after.
    package var acceptsUnproved: Bool
    /// What a trusted key says of this very bundle; nothing older than it may take its place.
    package var attestation: AttestedGeneration?
    /// How long to wait for another loader, in milliseconds.
    package var patience: Int

    package init(
        kernelOnly: Bool = false, reportAllowed: Bool? = nil, acceptsUnproved: Bool = false,
        attestation: AttestedGeneration? = nil, patience: Int = 10_000
    ) {
        self.kernelOnly = kernelOnly
        self.reportAllowed = reportAllowed
        self.acceptsUnproved = acceptsUnproved
        self.attestation = attestation
        self.patience = patience
    }
}

/// How a bundle is loaded.
package struct LoadOptions: Hashable, Sendable {
    /// Load although nobody serves some rules' enforcement points; the status says so ever after.
    package var kernelOnly: Bool
    /// Whether flows that pass are reported when they open; `nil` leaves it as it is.
    package var reportAllowed: Bool?
    /// How long to wait for another loader, in milliseconds.
    package var patience: Int

    package init(kernelOnly: Bool = false, reportAllowed: Bool? = nil, patience: Int = 10_000) {
        self.kernelOnly = kernelOnly
        self.reportAllowed = reportAllowed
        self.patience = patience
    }
}

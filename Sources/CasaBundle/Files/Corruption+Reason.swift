extension Bundle.Corruption {
    /// What is wrong, for a sentence that says of what bundle.
    package var reason: String {
        switch self {
        case .unreadableManifest(let reason): "\(Bundle.manifestName): \(reason)"
        case .unsupportedFormat(let format):
            "its format is \(format), this casa reads \(Manifest.currentFormat)"
        case .wrongDigest(let file, let expected, let found):
            "`\(file)` has the digest \(found.description.prefix(12)), the manifest says \(expected.description.prefix(12))"
        case .inconsistent(let reason): reason
        }
    }
}

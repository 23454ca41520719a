internal import CasaBundle
internal import CasaDiagnostics

/// Reads a bundle for a command, or says why it cannot be taken.
enum BundleReading {
    static func read(_ path: String, reporting diagnostics: inout DiagnosticBag) throws(Reported) -> Bundle {
        do throws(BundleFailure) {
            return try BundleDirectory(path: path).read()
        } catch {
            throw diagnostics.fail(diagnostic(error, path))
        }
    }

    private static func diagnostic(_ failure: BundleFailure, _ path: String) -> Diagnostic {
        switch failure {
        case .unreadable(let failure):
            return Diagnostic(.unreadableFile, at: nil, "cannot read `\(failure.path)`: \(failure.reason)")
                .help("name the directory of one namespace, as `casa build` wrote it")
        case .corrupt(let corruption):
            return Diagnostic(
                .corruptBundle, at: nil, "the bundle `\(path)` is damaged: \(reason(corruption))"
            )
            .help("build it again; a bundle is taken only if every digest agrees")
        }
    }

    private static func reason(_ corruption: Bundle.Corruption) -> String {
        switch corruption {
        case .unreadableManifest(let reason): "\(Bundle.manifestName): \(reason)"
        case .unsupportedFormat(let format):
            "its format is \(format), this casa reads \(Manifest.currentFormat)"
        case .wrongDigest(let file, let expected, let found):
            "`\(file)` has the digest \(found.description.prefix(12)), the manifest says \(expected.description.prefix(12))"
        case .inconsistent(let reason): reason
        }
    }
}

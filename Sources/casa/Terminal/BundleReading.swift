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

    static func diagnostic(_ failure: BundleFailure, _ path: String) -> Diagnostic {
        switch failure {
        case .unreadable(let failure):
            return Diagnostic(.unreadableFile, at: nil, "cannot read `\(failure.path)`: \(failure.reason)")
                .help("name the directory of one namespace, as `casa build` wrote it")
        case .corrupt(let corruption):
            return Diagnostic(
                .corruptBundle, at: nil, "the bundle `\(path)` is damaged: \(corruption.reason)"
            )
            .help("build it again; a bundle is taken only if every digest agrees")
        }
    }
}

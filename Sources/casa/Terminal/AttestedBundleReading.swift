internal import CasaAttestation
internal import CasaBundle
internal import CasaDiagnostics

/// Reads a bundle together with what is attested of it: the bytes that are checked are the bytes that are used.
enum AttestedBundleReading {
    /// The files of the bundle, and its envelope if it has one.
    static func read(
        _ path: String, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> (files: BundleFiles, envelope: [UInt8]?) {
        let directory = BundleDirectory(path: path)
        let files: BundleFiles
        do throws(BundleDirectory.Failure) {
            files = try directory.readFiles()
        } catch {
            throw diagnostics.fail(BundleReading.diagnostic(.unreadable(error), path))
        }
        do throws(BoundedFile.Failure) {
            return (files, try AttestationFile(of: directory).read())
        } catch {
            throw diagnostics.fail(
                Diagnostic(.unreadableFile, at: nil, "cannot read `\(error.path)`: \(error.reason)"))
        }
    }

    /// The bundle, if one of the keys in the files signed it and every word of the statement is true.
    static func verified(
        _ path: String, keys: [String], reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> AttestationVerification.Outcome {
        let trusted = try KeyReading.trusted(keys, reporting: &diagnostics)
        let (files, envelope) = try read(path, reporting: &diagnostics)
        do throws(AttestationProblem) {
            return try AttestationVerification(trusted: trusted).verify(files, envelope: envelope)
        } catch {
            throw diagnostics.fail(error.diagnostic(path))
        }
    }
}

extension DiagnosticBag {
    /// Whether a bundle was looked at and refused, for what is attested, proved or served; nothing went wrong.
    var isRefusal: Bool {
        let errors = diagnostics.filter { $0.severity == .error }
        return !errors.isEmpty && errors.allSatisfy { Self.refusals.contains($0.code) }
    }

    private static let refusals: Set<DiagnosticCode> = [
        .unservedEnforcementPoint, .unprovedBundle, .untrustedBundle, .attestationMismatch,
        .invalidAttestation, .staleGeneration,
    ]
}

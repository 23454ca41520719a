internal import CasaAttestation
internal import CasaBundle
internal import CasaDiagnostics

/// Reads key files for a command, or says why they cannot be used.
enum KeyReading {
    /// More keys than one node trusts.
    static let trustLimit = 64

    static func trusted(
        _ paths: [String], reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> [VerificationKey] {
        guard paths.count <= trustLimit else {
            throw diagnostics.fail(
                Diagnostic(
                    .unusableKey, at: nil, "\(paths.count) keys are given, and \(trustLimit) can be trusted"))
        }
        var keys: [VerificationKey] = []
        for path in paths {
            let file = try read(path, reporting: &diagnostics)
            do throws(KeyProblem) {
                keys.append(try VerificationKey(pem: file.bytes))
            } catch {
                throw diagnostics.fail(diagnostic(error, path))
            }
        }
        return keys
    }

    static func signing(
        _ path: String, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> SigningKey {
        let file = try read(path, reporting: &diagnostics)
        let key: SigningKey
        do throws(KeyProblem) {
            key = try SigningKey(pem: file.bytes)
        } catch {
            throw diagnostics.fail(diagnostic(error, path))
        }
        if file.isExposed {
            diagnostics.report(
                Diagnostic(
                    .unusableKey, .warning, at: nil, "the private key `\(path)` can be read by other users"
                ).help("chmod 600, and make a new key if somebody may have read it"))
        }
        return key
    }

    private static func read(
        _ path: String, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> BoundedFile {
        do throws(BoundedFile.Failure) {
            return try BoundedFile(path: path, kind: .stream, limit: PEMBlock.byteLimit)
        } catch {
            throw diagnostics.fail(
                Diagnostic(.unreadableFile, at: nil, "cannot read `\(path)`: \(error.reason)"))
        }
    }

    private static func diagnostic(_ problem: KeyProblem, _ path: String) -> Diagnostic {
        Diagnostic(.unusableKey, at: nil, "the key `\(path)` cannot be used: \(problem.reason)")
            .help(problem.help)
    }
}

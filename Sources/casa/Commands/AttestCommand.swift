internal import CasaAttestation
internal import CasaBundle
internal import CasaDiagnostics
internal import CasaNode

/// `casa attest`: stands for a proved bundle with a key, and believes one.
enum AttestCommand: Command {
    static let name = "attest"
    static let summary = "signs a proved bundle, or checks who signed it"
    static let synopsis = "sign BUNDLE --key KEY [--generation N] | verify BUNDLE --trust KEY..."
    static let options = [
        Option("--key", "KEY", "the private key to sign with: PEM, PKCS #8, without a passphrase"),
        Option("--generation", "N", "the greater, the newer; a node goes back to none (default 0)"),
        Option("--trust", "KEY", "a public key to believe, in PEM; may be repeated", isRepeatable: true),
    ]

    private enum Verb: String {
        case sign, verify
    }

    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode {
        guard let verb = arguments.operands.first.flatMap(Verb.init) else {
            throw UsageError("`sign` or `verify` is missing")
        }
        guard arguments.operands.count == 2 else {
            throw UsageError(arguments.operands.count < 2 ? "BUNDLE is missing" : "one BUNDLE only")
        }
        let path = arguments.operands[1]
        switch verb {
        case .sign:
            guard arguments.values("--trust").isEmpty else { throw UsageError("`sign` takes no `--trust`") }
            return sign(path, key: try arguments.required("--key"), generation: try generation(arguments))
        case .verify:
            guard arguments.value("--key") == nil, arguments.value("--generation") == nil else {
                throw UsageError("`verify` takes `--trust` only")
            }
            _ = try arguments.required("--trust")
            return verify(path, keys: arguments.values("--trust"))
        }
    }

    private static func generation(_ arguments: Arguments) throws(UsageError) -> Int {
        guard let text = arguments.value("--generation") else { return 0 }
        guard let number = Int(text), (0...ProofPredicate.generationLimit).contains(number) else {
            throw UsageError(
                "`--generation` needs a whole number from 0 to \(ProofPredicate.generationLimit)")
        }
        return number
    }

    private static func sign(_ path: String, key: String, generation: Int) -> ExitCode {
        var diagnostics = DiagnosticBag()
        do throws(Reported) {
            let signingKey = try KeyReading.signing(key, reporting: &diagnostics)
            let (files, existing) = try AttestedBundleReading.read(path, reporting: &diagnostics)
            let outcome: AttestationSigning.Outcome
            do throws(AttestationProblem) {
                outcome = try AttestationSigning(key: signingKey, generation: generation)
                    .sign(files, over: existing)
            } catch {
                throw diagnostics.fail(error.diagnostic(path))
            }
            try write(outcome.envelope, beside: path, reporting: &diagnostics)
            Report().printToError(diagnostics)
            let count = outcome.envelope.signatures.count
            Terminal.standard.output(
                "signed \(path): generation \(generation), key \(signingKey.publicKey.id.prefix(16)), "
                    + "\(count) signature\(count == 1 ? "" : "s")\n")
            return .yes
        } catch {
            Report().printToError(diagnostics)
            return diagnostics.isRefusal ? .no : .notAsked
        }
    }

    private static func write(
        _ envelope: Envelope, beside path: String, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) {
        do throws(BoundedFile.Failure) {
            try AttestationFile(of: BundleDirectory(path: path)).write(envelope.bytes)
        } catch {
            throw diagnostics.fail(
                Diagnostic(.unwritableOutput, at: nil, "cannot write `\(error.path)`: \(error.reason)")
                    .help("what was signed before is as it was"))
        }
    }

    private static func verify(_ path: String, keys: [String]) -> ExitCode {
        var diagnostics = DiagnosticBag()
        do throws(Reported) {
            let outcome = try AttestedBundleReading.verified(path, keys: keys, reporting: &diagnostics)
            Terminal.standard.output(AttestationText(outcome).text)
            return .yes
        } catch {
            Report().printToError(diagnostics)
            return diagnostics.isRefusal ? .no : .notAsked
        }
    }
}

package import CasaBundle
package import CasaDiagnostics
package import CasaPolicyIR
package import CasaSMT
package import CasaVerify

/// Proves bundles: that their manifests say what the policy says, where that is at hand, and that their bytes decide so.
package struct BundleProof {
    private let limits: SolverLimits
    private let templates = ProvedTemplates()
    private let onQuestion: ((SMTLIBScript) -> Void)?
    private let onRefutation: ((Demonstration) -> Void)?

    /// `onQuestion` sees each question that the solver is asked, `onRefutation` what a counterexample shows.
    package init(
        limits: SolverLimits = SolverLimits(), onQuestion: ((SMTLIBScript) -> Void)? = nil,
        onRefutation: ((Demonstration) -> Void)? = nil
    ) {
        self.limits = limits
        self.onQuestion = onQuestion
        self.onRefutation = onRefutation
    }

    /// What was proved; anything else is a diagnostic, with a counterexample where there is one.
    package func run(
        _ bundle: Bundle, against policy: NamespacePolicy?, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> Proved {
        let namespace = bundle.manifest.namespace
        let reading: ManifestReading
        do throws(ManifestReading.Problem) {
            reading = try ManifestReading(bundle.manifest)
        } catch {
            throw diagnostics.fail(Self.rejection(namespace, "its manifest makes no sense: \(error.reason)"))
        }
        if let policy, let difference = PolicyAgreement(with: policy).difference(from: reading) {
            throw diagnostics.fail(
                Diagnostic(
                    .foreignManifest, at: nil,
                    "the bundle of `\(namespace)` is not of these sources: \(difference)"
                )
                .help("verify it with the sources it was built from, or build it again"))
        }
        let result: ProofResult
        do throws(ProofError) {
            result = try ObjectProof(
                of: reading.policy, limits: limits, templates: templates, onQuestion: onQuestion
            ).run(bundle.object)
        } catch {
            switch error {
            case .rejected(let reason): throw diagnostics.fail(Self.rejection(namespace, reason))
            case .solver(let failure):
                throw diagnostics.fail(Self.undecided(namespace, "the object", "\(failure)"))
            }
        }
        try require(result, of: bundle, reading.legend, reporting: &diagnostics)
        return Proved(result: result, bundle: bundle)
    }

    private func require(
        _ result: ProofResult, of bundle: Bundle, _ legend: WitnessLegend,
        reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) {
        let namespace = bundle.manifest.namespace
        for obligation in result.obligations {
            switch obligation.answer {
            case .proved: continue
            case .undecided(let reason):
                throw diagnostics.fail(Self.undecided(namespace, "`\(obligation.name)`", "\(reason)"))
            case .refuted(let counterexample):
                throw diagnostics.fail(refutation(namespace, obligation.name, counterexample, bundle, legend))
            }
        }
    }

    private func refutation(
        _ namespace: String, _ obligation: String, _ counterexample: Counterexample, _ bundle: Bundle,
        _ legend: WitnessLegend
    ) -> Diagnostic {
        do throws(ReplayFailure) {
            let shown = try Replay(of: bundle.object, legend: legend).demonstrate(counterexample)
            onRefutation?(shown)
            return Diagnostic(
                .refutedObject, at: nil,
                "the object of `\(namespace)` does not decide as the policy: \(shown.summary)"
            )
            .help("obligation `\(obligation)`\n" + shown.text)
        } catch {
            return Diagnostic(
                .internalError, at: nil,
                "a counterexample to `\(obligation)` of `\(namespace)` does not reproduce: \(error)"
            )
            .help("please report it; nothing is known about the object")
        }
    }

    private static func rejection(_ namespace: String, _ reason: String) -> Diagnostic {
        Diagnostic(
            .unprovableObject, at: nil, "nothing can be proved about the object of `\(namespace)`: \(reason)"
        )
        .help("only objects of this compiler are understood; build it again")
    }

    private static func undecided(_ namespace: String, _ what: String, _ reason: String) -> Diagnostic {
        Diagnostic(.undecidedProof, at: nil, "\(what) of `\(namespace)` was not decided: \(reason)")
            .help("an object that is not proved is not written; give the solver more with --steps")
    }
}

/// A bundle, and what was proved of it.
package struct Proved: Sendable {
    package let result: ProofResult
    package let bundle: Bundle

    /// The bundle with the record of its proof.
    package var recorded: Bundle {
        var manifest = bundle.manifest
        manifest.proof = ProofRecord(
            verifier: CompilerVersion.text, solver: Solver.version, policy: manifest.policyDigest,
            obligations: result.obligations.map {
                ProofRecord.Obligation(
                    name: $0.name, answer: ProofRecord.proved, questions: $0.questions, steps: Int($0.steps))
            })
        return Bundle(manifest: manifest, object: bundle.object, runtime: bundle.runtime)
    }
}

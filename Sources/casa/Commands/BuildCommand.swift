internal import CasaBundle
internal import CasaCompiler
internal import CasaDiagnostics

/// `casa build`: a bundle for each managed namespace.
enum BuildCommand: Command {
    static let name = "build"
    static let summary = "compiles policies into one proved bundle for each namespace"
    static let synopsis = "PATH... -o DIR [--no-proof] [--steps N] [--format human|concise|json]"
    static let options = [
        Option("-o", "DIR", "where the bundles go: DIR/NAMESPACE/"),
        Option("--no-proof", nil, "prove nothing; `casa load` takes such a bundle only with --unproved"),
        ProofOptions.steps, Report.option,
    ]

    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode {
        let report = try Report(arguments)
        let output = try arguments.required("-o")
        let paths = try arguments.atLeastOne("PATH")
        let proof =
            arguments.has("--no-proof") ? nil : BundleProof(limits: try ProofOptions.limits(arguments))
        var diagnostics = DiagnosticBag()
        var built: [Bundle] = []
        do throws(Reported) {
            let sources = try SourceCollection(arguments: paths).read(reporting: &diagnostics)
            built = try Compilation(of: sources).bundles(proof: proof, reporting: &diagnostics)
            try write(built, to: output, reporting: &diagnostics)
        } catch {
            report.print(diagnostics)
            return diagnostics.exitCode
        }
        report.printToError(diagnostics)
        for bundle in built { Terminal.standard.output(line(for: bundle, in: output)) }
        return .yes
    }

    private static func write(
        _ bundles: [Bundle], to output: String, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) {
        for bundle in bundles {
            do throws(BundleDirectory.Failure) {
                try BundleDirectory(path: "\(output)/\(bundle.manifest.namespace)").write(bundle)
            } catch {
                throw diagnostics.fail(
                    Diagnostic(.unwritableOutput, at: nil, "cannot write `\(error.path)`: \(error.reason)")
                        .help("nothing was left half written; make room or name another directory with -o"))
            }
        }
    }

    private static func line(for bundle: Bundle, in output: String) -> String {
        let manifest = bundle.manifest
        return
            "\(output)/\(manifest.namespace): \(manifest.subjects.count) workloads, \(manifest.rules.count) rules, "
            + "\(manifest.decisions.entries) decisions as a \(manifest.decisions.form.rawValue), "
            + "\(bundle.object.count) bytes, \(manifest.isProved ? "proved" : "not proved"), sha256 \(manifest.object.sha256.description.prefix(12))\n"
    }
}

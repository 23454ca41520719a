internal import CasaBundle
internal import CasaCompiler
internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaSMT
internal import CasaVerify
internal import FoundationEssentials

/// `casa verify`: proves a bundle again, from its bytes, with no trust in who built it.
enum VerifyCommand: Command {
    static let name = "verify"
    static let summary = "proves that the bytes of a bundle decide as its policy, whoever built it"
    static let synopsis =
        "BUNDLE [PATH...] [--smt DIR] [--pcap FILE] [--steps N] [--format human|concise|json]"
    static let options = [
        Option("--smt", "DIR", "write every question to the solver as SMT-LIB, for another one"),
        Option("--pcap", "FILE", "write the packet of a counterexample, for tcpdump and Wireshark"),
        ProofOptions.steps, Report.option,
    ]

    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode {
        let report = try Report(arguments)
        let limits = try ProofOptions.limits(arguments)
        let operands = try arguments.atLeastOne("BUNDLE")
        let questions = QuestionDirectory(arguments.value("--smt"))
        var diagnostics = DiagnosticBag()
        var capture: PacketCapture?
        defer { write(capture, to: arguments.value("--pcap")) }
        do throws(Reported) {
            let bundle = try BundleReading.read(operands[0], reporting: &diagnostics)
            let policy = try policy(
                of: bundle, in: Array(operands.dropFirst()), reporting: &diagnostics)
            try questions?.make(reporting: &diagnostics)
            let proof = BundleProof(limits: limits, onQuestion: questions.map { $0.keep }) {
                capture = $0.capture
            }
            let proved = try proof.run(bundle, against: policy, reporting: &diagnostics)
            try questions?.finish(reporting: &diagnostics)
            report.printToError(diagnostics)
            Terminal.standard.output(text(of: proved, withSources: policy != nil))
            return .yes
        } catch {
            report.print(diagnostics)
            return diagnostics.exitCode
        }
    }

    /// The packet that shows that the bytes are wrong; without one there is no file.
    private static func write(_ capture: PacketCapture?, to path: String?) {
        guard let capture, let path else { return }
        do {
            try Data(capture.bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            Terminal.standard.error("cannot write `\(path)`\n")
        }
    }

    /// What the sources say about the bundle's namespace, where sources are given.
    private static func policy(
        of bundle: Bundle, in paths: [String], reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> NamespacePolicy? {
        guard !paths.isEmpty else { return nil }
        let sources = try SourceCollection(arguments: paths).read(reporting: &diagnostics)
        var findings = DiagnosticBag()
        let model: PolicyModel
        do throws(Reported) {
            model = try Compilation(of: sources).meaning(reporting: &findings).model
        } catch {
            diagnostics = findings
            throw error
        }
        let name = bundle.manifest.namespace
        guard let policy = model[namespace: name] else {
            throw diagnostics.fail(
                Diagnostic(.foreignManifest, at: nil, "the sources say nothing about namespace `\(name)`")
                    .help("name the sources that the bundle was built from"))
        }
        return policy
    }

    private static func text(of proved: Proved, withSources: Bool) -> String {
        let results = proved.result.obligations
        let width = results.map(\.name.count).max() ?? 0
        var text = ""
        for result in results {
            let name = result.name + String(repeating: " ", count: width - result.name.count)
            text += "  \(name)  proved  \(result.questions) questions, \(result.steps) steps, "
            text += "\(milliseconds(result.time)) ms\n"
        }
        let manifest = proved.bundle.manifest
        let held = withSources ? "as the sources say" : "as its manifest says"
        text += "\(manifest.namespace): \(results.count) obligations proved by \(Solver.version); "
        text += "object \(manifest.object.sha256.description.prefix(12)) decides \(held)\n"
        return text
    }

    private static func milliseconds(_ time: Duration) -> Int {
        let (seconds, attoseconds) = time.components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}

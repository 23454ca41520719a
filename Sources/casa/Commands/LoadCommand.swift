internal import CasaAttestation
internal import CasaBundle
internal import CasaCompiler
internal import CasaDiagnostics
internal import CasaNode

/// `casa load`: brings a bundle into force on this node.
enum LoadCommand: Command {
    static let name = "load"
    static let summary = "loads a bundle into the kernel and attaches it to the cgroups of the inventory"
    static let synopsis =
        "BUNDLE --inventory FILE [--trust KEY... | --unproved] [--kernel-only] [--report-allowed]"
    static let options = [
        Option("--inventory", "FILE", "workloads, addresses and names of this node (spec/inventory.md)"),
        Option(
            "--trust", "KEY", "load only what this public key signed (PEM); may be repeated",
            isRepeatable: true),
        Option("--unproved", nil, "load although nothing shows that the object decides as its policy"),
        Option("--kernel-only", nil, "load although some rules need an enforcement point that nobody serves"),
        Option("--report-allowed", nil, "report allowed flows too, once each, when they open"),
    ]

    static func run(_ arguments: Arguments) throws(UsageError) -> ExitCode {
        let path = try arguments.single("BUNDLE")
        let inventoryPath = try arguments.required("--inventory")
        let keys = arguments.values("--trust")
        guard keys.isEmpty || !arguments.has("--unproved") else {
            throw UsageError("what is trusted is proved: `--trust` and `--unproved` exclude each other")
        }
        var options = LoadOptions(
            kernelOnly: arguments.has("--kernel-only"), reportAllowed: arguments.has("--report-allowed"),
            acceptsUnproved: arguments.has("--unproved"))
        var diagnostics = DiagnosticBag()
        do throws(Reported) {
            let bundle = try bundle(path, keys, &options, reporting: &diagnostics)
            let sources = try SourceCollection(arguments: [inventoryPath]).read(reporting: &diagnostics)
            guard let source = sources.first, sources.count == 1 else {
                throw diagnostics.fail(
                    Diagnostic(.invalidInventory, at: nil, "`\(inventoryPath)` is not one file"))
            }
            let inventory = try InventoryReader().read(source, reporting: &diagnostics)
            let outcome = try load(bundle, inventory, options, reporting: &diagnostics)
            for warning in outcome.warnings { diagnostics.report(warning.diagnostic) }
            Report().printToError(diagnostics)
            Terminal.standard.output(text(of: outcome, options, bundle.manifest))
            return .yes
        } catch {
            Report().printToError(diagnostics)
            return diagnostics.isRefusal ? .no : .notAsked
        }
    }

    /// With keys only a bundle that one of them signed; the options say which generation it is.
    private static func bundle(
        _ path: String, _ keys: [String], _ options: inout LoadOptions,
        reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> Bundle {
        if keys.isEmpty { return try BundleReading.read(path, reporting: &diagnostics) }
        let verified = try AttestedBundleReading.verified(path, keys: keys, reporting: &diagnostics)
        options.attestation = verified.generation
        return verified.bundle
    }

    private static func load(
        _ bundle: Bundle, _ inventory: Inventory, _ options: LoadOptions,
        reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> LoadOutcome {
        do throws(NodeError) {
            return try Loader().load(bundle, inventory: inventory, options: options)
        } catch {
            throw diagnostics.fail(error.diagnostic)
        }
    }

    private static func text(
        of outcome: LoadOutcome, _ options: LoadOptions, _ manifest: Manifest
    ) -> String {
        let verb = outcome.replaced ? "replaced" : "loaded"
        var text = "\(verb) namespace \(outcome.namespace): generation \(outcome.generation), "
        text += "\(outcome.workloads.count) workloads, cgroups \(outcome.cgroupsAdded) added, "
        text += "\(outcome.cgroupsSwitched) switched, \(outcome.cgroupsRemoved) removed\n"
        text += "  \(EvidenceText.proof(manifest))\n"
        text += "  \(EvidenceText.attestation(options.attestation))\n"
        for point in outcome.unserved {
            text += "  not served: \(point.point), needed by \(point.rules.count) rules\n"
        }
        return text
    }
}

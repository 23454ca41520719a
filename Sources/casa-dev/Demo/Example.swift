internal import CasaBundle
internal import CasaCompiler
internal import CasaDiagnostics
internal import CasaPolicyIR
internal import CasaPolicyLang

/// The documents of an example and what they mean.
struct Example {
    let directory: String
    let checked: CheckedPolicies
    let model: PolicyModel

    /// `nil` where the documents have errors, which `casa check` tells better.
    init?(directory: String) {
        var diagnostics = DiagnosticBag()
        do throws(Reported) {
            let sources = try SourceCollection(arguments: [directory]).read(reporting: &diagnostics)
            let meaning = try Compilation(of: sources).meaning(reporting: &diagnostics)
            self.directory = directory
            checked = meaning.checked
            model = meaning.model
        } catch {
            return nil
        }
    }

    /// The rules as `casa build` wrote them, by namespace.
    func rules(inBundles directory: String) throws(DemoFailure) -> [String: [RuleEntry]] {
        var rules: [String: [RuleEntry]] = [:]
        for namespace in model.namespaces {
            let path = "\(directory)/\(namespace.name)"
            do {
                rules[namespace.name] = try BundleDirectory(path: path).read().manifest.rules
            } catch {
                throw .failed("the bundle \(path) cannot be read")
            }
        }
        return rules
    }
}

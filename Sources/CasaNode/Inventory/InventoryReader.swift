internal import CasaBundle
package import CasaDiagnostics
internal import CasaYAML

/// Reads an inventory and says everything that is wrong with it.
package struct InventoryReader: Sendable {
    package static let apiVersion = "casa.io/v1alpha1"
    package static let kind = "Inventory"

    package init() {}

    package func read(
        _ file: SourceFile, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> Inventory {
        let documents = try YAMLReader().read(file, reporting: &diagnostics)
        guard let document = documents.first else {
            let start = SourceRange(file: file, bytes: 0..<0)
            throw diagnostics.fail(
                Diagnostic(.invalidInventory, at: start, "there is no inventory in `\(file.name)`")
                    .help(
                        "an inventory without entries is `apiVersion: \(Self.apiVersion)`, `kind: \(Self.kind)`"
                    ))
        }
        var reading = InventoryReading()
        if documents.count > 1 {
            reading.say(
                documents[1].root.origin, "an inventory is one document", label: "a second one begins here")
        }
        let inventory = reading.inventory(document.root, digest: Digest(of: file.bytes))
        if let inventory { reading.diagnostics += InventoryContradictions(inventory).diagnostics }

        var failure: Reported?
        for diagnostic in reading.diagnostics {
            if diagnostic.severity == .error {
                failure = diagnostics.fail(diagnostic)
            } else {
                diagnostics.report(diagnostic)
            }
        }
        if let failure { throw failure }
        guard let inventory else { preconditionFailure("an inventory that cannot be read was reported") }
        return inventory
    }
}

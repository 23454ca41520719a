internal import CasaDiagnostics
internal import CasaNode
internal import CasaPolicyIR

/// The judge of a demo: it knows of addresses what the demo's own inventory says.
struct Books {
    let judge: Judge

    init(_ example: Example, _ inventoryText: String) throws(DemoFailure) {
        var diagnostics = DiagnosticBag()
        let inventory: Inventory
        do throws(Reported) {
            let file = SourceFile(name: "inventory.yaml", text: inventoryText)
            inventory = try InventoryReader().read(file, reporting: &diagnostics)
        } catch {
            let first = diagnostics.diagnostics.first?.message ?? "it cannot be read"
            throw .failed("the inventory of the demo is wrong: \(first)")
        }
        let books = example.model.namespaces.map { ($0.name, inventory.addressBook(for: $0.peers)) }
        judge = Judge(example.model, books: Dictionary(uniqueKeysWithValues: books))
    }
}

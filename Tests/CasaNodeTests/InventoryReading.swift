import CasaDiagnostics
import CasaNode
import Testing

/// Reads inventories written in tests.
enum InventoryReading {
    static func read(_ text: String) throws -> Inventory {
        var diagnostics = DiagnosticBag()
        let inventory = try InventoryReader().read(
            SourceFile(name: "inventory.yaml", text: text), reporting: &diagnostics)
        #expect(diagnostics.diagnostics.isEmpty)
        return inventory
    }

    /// What is said about an inventory; the head is added.
    static func complaints(_ body: String, head: String = Self.head) -> [Diagnostic] {
        var diagnostics = DiagnosticBag()
        _ = try? InventoryReader().read(
            SourceFile(name: "inventory.yaml", text: head + body), reporting: &diagnostics)
        return diagnostics.diagnostics
    }

    static let head = "apiVersion: casa.io/v1alpha1\nkind: Inventory\n"
}

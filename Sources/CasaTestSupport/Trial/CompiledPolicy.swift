package import CasaBPF
package import CasaBundle
internal import CasaCodegen
internal import CasaDiagnostics
package import CasaPolicyIR

/// A generated policy as its object, with the tables that a node would fill in.
package struct CompiledPolicy: Sendable {
    package let generated: GeneratedPolicy
    package let object: BPFObject
    package let form: Manifest.DecisionSummary.Form
    package let tables: [AddressTable]

    package var policy: NamespacePolicy { generated.policy }

    /// `other` is compiled in the policy's place, to see whether that is noticed.
    package init(_ generated: GeneratedPolicy, compiling other: NamespacePolicy? = nil) throws {
        self.generated = generated
        var diagnostics = DiagnosticBag()
        let compiled = try ObjectEmission().run(other ?? generated.policy, reporting: &diagnostics)
        object = try BPFObject(compiled.bytes)
        form = compiled.decisions.form
        var numbers: [PeerClass: UInt16] = [:]
        for entry in compiled.classes { if let peer = entry.peer { numbers[peer] = entry.number } }
        let entries = generated.book.sorted.map { address, classes in
            AddressTable.Entry(address: address, classes: classes.compactMap { numbers[$0] })
        }
        tables = try AddressTable.Family.allCases.map { family in try AddressTable(family, entries: entries) }
    }
}

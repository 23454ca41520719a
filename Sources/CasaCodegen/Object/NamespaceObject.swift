package import CasaBundle

/// One namespace, compiled: the bytes that are loaded, and what the manifest says of them.
package struct NamespaceObject: Hashable, Sendable {
    /// A relocatable BPF object with all hooks, decision functions, tables and BTF.
    package let bytes: [UInt8]
    package let template: Digest
    package let decisions: Manifest.DecisionSummary
    /// By number.
    package let classes: [ClassEntry]
    /// By number.
    package let rules: [RuleEntry]
}

internal import CasaCodegen
internal import CasaPolicyIR

/// CASA's programs in the kernel, for a generated namespace.
struct CasaSide {
    let namespace: GeneratedNamespace
    let cycle: FlowCycle
    let object: BenchObject

    init(rules: Int, template: Template, treeLimit: Int? = nil) throws {
        namespace = GeneratedNamespace(rules: rules)
        cycle = FlowCycle(namespace.peers)
        let compiled = try namespace.object(on: template, treeLimit: treeLimit)
        object = try BenchObject(
            compiled.bytes,
            content: namespace.addresses(for: compiled).merging([
                ".data.flows": cycle.bytes, ".rodata.subject": [1, 0, 0, 0],
            ]) { $1 },
            entries: ["casa_counters": namespace.policy.rules.count + 16])
    }
}

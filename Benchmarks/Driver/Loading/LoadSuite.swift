internal import CasaBundle
internal import CasaCodegen
internal import CasaDiagnostics
internal import CasaNode
internal import CasaPolicyIR
internal import Foundation

/// What `casa load` does, from a bundle in memory to links in force, for one workload with one pod.
struct LoadSuite {
    private static let rounds = 9
    private static let sizes = [10, 1_000, 10_000]

    let folder: URL

    func rows() throws -> [Row] {
        let pins = "/sys/fs/bpf/casa-bench-\(getpid())"
        defer { rmdir(pins) }
        return try Self.sizes.map { size in
            let namespace = GeneratedNamespace(rules: size)
            let object = try namespace.object(on: .embedded)
            let bundle = BundleAssembly.bundle(
                object, of: namespace.policy, compiler: "casa-bench", sources: [])
            let cgroup = try BenchCgroup()
            defer { withExtendedLifetime(cgroup) {} }
            let inventory = try Self.inventory(namespace, cgroup)
            let paths = NodePaths(pins: pins, state: folder.appending(path: "state-\(size)").path())
            defer { _ = try? Unloader(paths: paths).unload(GeneratedNamespace.name) }
            let seconds = try Timing.fastest(of: Self.rounds) {
                _ = try Loader(paths: paths).load(
                    bundle, inventory: inventory, options: LoadOptions(acceptsUnproved: true))
            }
            return Row("casa load, in process", size: size, unit: "ms", ours: seconds * 1e3)
        }
    }

    private static func inventory(_ namespace: GeneratedNamespace, _ cgroup: BenchCgroup) throws -> Inventory
    {
        var lines = [
            "apiVersion: casa.io/v1alpha1", "kind: Inventory", "workloads:",
            "  - {namespace: \(GeneratedNamespace.name), kind: Deployment, name: \(GeneratedNamespace.subject.name), "
                + "pods: [{name: client-0, addresses: [], cgroups: [\(cgroup.name)]}]}",
        ]
        for peer in namespace.peers {
            let bytes = [24, 16, 8, 0].map { "\(peer.address >> $0 & 0xFF)" }.joined(separator: ".")
            lines.append(
                "  - {namespace: \(peer.workload.namespace), kind: Deployment, name: \(peer.workload.name), "
                    + "pods: [{name: \(peer.workload.name)-0, addresses: [\(bytes)]}]}")
        }
        var diagnostics = DiagnosticBag()
        do {
            return try InventoryReader().read(
                SourceFile(name: "inventory.yaml", text: lines.joined(separator: "\n") + "\n"),
                reporting: &diagnostics)
        } catch {
            throw BenchFailure("the inventory is not taken: \(diagnostics.diagnostics.first?.message ?? "")")
        }
    }
}

import CasaBundle
import CasaCodegen
import CasaDiagnostics
import CasaNode
import CasaPolicyIR
import Testing

/// A small policy and its surroundings, compiled as the compiler does it.
struct LoadPolicy {
    static let teller = WorkloadID(namespace: "bank", kind: .deployment, name: "teller")
    static let ledger = WorkloadID(namespace: "bank", kind: .statefulSet, name: "ledger")
    static let vault = WorkloadID(namespace: "safe", kind: .deployment, name: "vault")
    static let source = SourceFile(name: "policies/bank.yaml", text: "a: 1\nrules:\n  - allow: vault\n")
    /// The bytes of `allow: vault`.
    static let origin = SourceRange(file: source, bytes: 18..<30)

    /// Of teller, to the vault's UDP port 9000 unless something else is said.
    static func rule(
        _ effect: Effect = .allow, to peer: PeerClass = .workload(vault), _ transport: Transport = .udp,
        port: UInt16 = 9000, enforcement: [EnforcementPoint] = [.kernel]
    ) -> Rule {
        Rule(
            subject: teller, direction: .egress, peer: peer, transport: transport, ports: port...port,
            effect: effect,
            source: .written(policy: "bank/teller"), origin: origin, enforcement: enforcement)
    }

    static func loopback(_ direction: Direction) -> Rule {
        Rule(
            subject: teller, direction: direction, peer: .loopback, transport: .any, ports: 0...65535,
            source: .implicit(.loopback), origin: nil)
    }

    static let usual = [loopback(.egress), loopback(.ingress), rule()]

    static func bundle(_ rules: [Rule] = usual, namespace: String = "bank") throws -> Bundle {
        let subjects = [teller, ledger].map { workload in
            Subject(
                workload: WorkloadID(namespace: namespace, kind: workload.kind, name: workload.name),
                hostNetwork: false, origin: nil)
        }
        let policy = NamespacePolicy(
            name: namespace, subjects: subjects, rules: rules, runtime: RuntimeTables())
        var diagnostics = DiagnosticBag()
        let object = try ObjectEmission().run(policy, reporting: &diagnostics)
        return BundleAssembly.bundle(object, of: policy, compiler: "test", sources: [])
    }

    /// Pods `one` and, if asked for, `two` of teller in the cgroups of a site, and the vault at an address.
    static func inventory(
        _ site: LoadSite, pods: [String] = ["one"], vault: String = "203.0.113.10",
        namespace: String = "bank",
        more: String = ""
    ) throws -> Inventory {
        let listed = pods.map {
            "      - {name: teller-\($0), addresses: [], cgroups: [\(site.cgroup)/\($0)]}\n"
        }
        let text = """
            apiVersion: casa.io/v1alpha1
            kind: Inventory
            workloads:
              - namespace: \(namespace)
                kind: Deployment
                name: teller
                pods:
            \(listed.joined())\
              - namespace: safe
                kind: Deployment
                name: vault
                pods: [{name: vault-0, addresses: [\(vault)]}]
            \(more)
            """
        return try read(text)
    }

    static func read(_ text: String) throws -> Inventory {
        var diagnostics = DiagnosticBag()
        do {
            return try InventoryReader().read(
                SourceFile(name: "inventory.yaml", text: text), reporting: &diagnostics)
        } catch {
            Issue.record("\(diagnostics.diagnostics.map(\.message))")
            throw error
        }
    }
}

import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite("Rules that hold without being written (semantics 9)")
struct ImplicitRuleTests {
    private let teller = WorkloadID.deployment("teller")
    private let llm = Documents.policy(on: "teller", "llmEndpoint: {fqdn: llm.example.com, port: 443}")

    private func probed(_ probes: String, hostNetwork: Bool = false) -> String {
        Documents.workload(
            "teller", container: "{name: main, ports: [{name: http, containerPort: 8080}], \(probes)}",
            hostNetwork: hostNetwork)
    }

    @Test("packets on the device lo pass both ways, whatever they are")
    func loopback() throws {
        let judgement = try Judgement(llm)
        for direction in Direction.allCases {
            #expect(judgement.decision(teller, direction, .loopback, 0, .any)?.passes == true)
        }
    }

    @Test("on the node's network lo is the node's, and closed")
    func loopbackOfTheNode() throws {
        let judgement = try Judgement(probed("image: x", hostNetwork: true), llm)
        for direction in Direction.allCases {
            #expect(judgement.decision(teller, direction, .loopback, 0, .any) == .byDefault)
        }
    }

    @Test("the resolvers may be asked over UDP and TCP at port 53, and nothing else of them")
    func resolver() throws {
        let judgement = try Judgement(llm)
        #expect(judgement.opens(teller, to: .resolver, 53, .udp))
        #expect(judgement.opens(teller, to: .resolver, 53, .tcp))
        #expect(!judgement.opens(teller, to: .resolver, 853))
        #expect(!judgement.admits(teller, from: .resolver, 53, .udp))
    }

    @Test("the node may probe the ports of the probes in the pod template")
    func nodeProbe() throws {
        let judgement = try Judgement(
            probed(
                "readinessProbe: {httpGet: {port: http}}, livenessProbe: {tcpSocket: {port: 9000}}, "
                    + "startupProbe: {exec: {command: [ls]}}"), llm)
        #expect(judgement.admits(teller, from: .node, 8080))
        #expect(judgement.admits(teller, from: .node, 9000))
        #expect(!judgement.admits(teller, from: .node, 9001))
        #expect(!judgement.admits(teller, from: .node, 8080, .udp))
        #expect(!judgement.opens(teller, to: .node, 8080))
    }

    @Test("without a template there are no probes")
    func noTemplate() throws {
        let judgement = try Judgement(llm)
        #expect(!judgement.rules(of: teller).contains { $0.peer == .node })
    }

    @Test("the runtime may be asked at its own ports")
    func runtime() throws {
        let judgement = try Judgement(llm)
        for port in [8000, 4100, 5100, 4200] as [UInt16] {
            #expect(judgement.opens(teller, to: .runtime, port))
        }
        #expect(!judgement.opens(teller, to: .runtime, 8443))
    }

    @Test(
        "each can be switched off for a namespace, by its name",
        arguments: [
            (ImplicitRule.loopback, "loopback"), (.resolver, "resolver"), (.nodeProbe, "node-probe"),
            (.casaRuntime, "casa-runtime"),
        ])
    func switches(rule: ImplicitRule, word: String) throws {
        let judgement = try Judgement(
            Documents.namespace("banking", annotations: "{casa.io/disabled-implicit-rules: \(word)}"),
            probed("readinessProbe: {httpGet: {port: 8080}}"), llm)
        var left: Set<ImplicitRule> = []
        for case .implicit(let implicit) in judgement.rules(of: teller).map(\.source) {
            left.insert(implicit)
        }
        #expect(left == Set(ImplicitRule.allCases).subtracting([rule]))
    }

    @Test("several are switched off by commas")
    func severalSwitches() throws {
        let judgement = try Judgement(
            Documents.namespace(
                "banking", annotations: "{casa.io/disabled-implicit-rules: 'resolver, casa-runtime'}"), llm)
        #expect(!judgement.opens(teller, to: .resolver, 53, .udp))
        #expect(!judgement.opens(teller, to: .runtime, 8000))
        #expect(judgement.decision(teller, .egress, .loopback, 0, .any)?.passes == true)
    }

    @Test("a switch of one namespace is not a switch of another")
    func ownNamespace() throws {
        let judgement = try Judgement(
            Documents.namespace("retail", annotations: "{casa.io/disabled-implicit-rules: resolver}"), llm,
            Documents.policy(on: "clerk", in: "retail", "allowedSources: [{namespace: users, ports: [80]}]"))
        #expect(judgement.opens(teller, to: .resolver, 53, .udp))
        #expect(!judgement.opens(.deployment("clerk", in: "retail"), to: .resolver, 53, .udp))
    }
}

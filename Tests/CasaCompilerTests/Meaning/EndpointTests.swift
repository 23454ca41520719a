import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite("What an endpoint stands for (semantics 3 and 4)")
struct EndpointTests {
    private let teller = WorkloadID.deployment("teller")

    @Test("a Service grants its own address at its port, and its pods at the target port")
    func servicePorts() throws {
        let judgement = try Judgement(
            Documents.workload("ledger", in: "tools"),
            Documents.service("ledger", in: "tools", ports: "[{port: 80, targetPort: 8080}]"),
            Documents.policy(on: "teller", to: ("ledger", "tools", 80)))
        #expect(judgement.opens(teller, to: .service("ledger", in: "tools"), 80))
        #expect(!judgement.opens(teller, to: .service("ledger", in: "tools"), 8080))
        #expect(judgement.opens(teller, to: .deployment("ledger", in: "tools"), 8080))
        #expect(!judgement.opens(teller, to: .deployment("ledger", in: "tools"), 80))
        #expect(!judgement.opens(teller, to: .service("ledger", in: "tools"), 80, .udp))
    }

    @Test("a target port by name is what each container calls so")
    func namedTargetPort() throws {
        let judgement = try Judgement(
            Documents.workload(
                "blue", in: "tools", labels: ", role: db",
                container: "{name: m, ports: [{name: sql, containerPort: 5432}]}"),
            Documents.workload(
                "green", in: "tools", labels: ", role: db",
                container: "{name: m, ports: [{name: sql, containerPort: 6432}]}"),
            Documents.service(
                "ledger", in: "tools", ports: "[{port: 80, targetPort: sql}]", "selector: {role: db}"),
            Documents.policy(on: "teller", to: ("ledger", "tools", 80)))
        #expect(
            judgement.writtenRules(of: teller) == [
                "egress to workload tools/Deployment/blue TCP 5432",
                "egress to workload tools/Deployment/green TCP 6432", "egress to service tools/ledger TCP 80",
            ])
    }

    @Test("pods that no document describes are granted by their labels")
    func podsByLabel() throws {
        let judgement = try Judgement(
            Documents.service("ledger", in: "tools", ports: "[{port: 80, targetPort: 8080}]"),
            Documents.policy(on: "teller", to: ("ledger", "tools", 80)))
        #expect(
            judgement.writtenRules(of: teller)
                == ["egress to service tools/ledger TCP 80", "egress to pods tools/{app=ledger} TCP 8080"])
    }

    @Test("a headless Service grants its pods at the target port, which is the endpoint's")
    func headless() throws {
        let judgement = try Judgement(
            Documents.workload("ledger", in: "tools"),
            Documents.service(
                "ledger", in: "tools", ports: "[{port: 80, targetPort: 5432}]",
                "clusterIP: None, selector: {app: ledger}"),
            Documents.policy(on: "teller", to: ("ledger", "tools", 5432)))
        #expect(judgement.writtenRules(of: teller) == ["egress to workload tools/Deployment/ledger TCP 5432"])
    }

    @Test("an ExternalName is a rule for that name, which needs the inventory")
    func externalName() throws {
        let judgement = try Judgement(
            Documents.service("rates", ports: "[]", "type: ExternalName, externalName: Rates.Example.Com."),
            Documents.policy(on: "teller", to: ("rates", "banking", 443)))
        #expect(judgement.writtenRules(of: teller) == ["egress to name rates.example.com TCP 443"])
        #expect(judgement.rules(of: teller).contains { $0.enforcement == [.inventory, .kernel] })
    }

    @Test("a Service without a selector is the addresses of its EndpointSlices, at their ports")
    func endpointSlices() throws {
        let judgement = try Judgement(
            Documents.service(
                "mainframe", ports: "[{name: rpc, port: 80}, {name: web, port: 81}]", "type: ClusterIP"),
            Documents.endpointSlice(
                of: "mainframe", addresses: "[192.0.2.10, 192.0.2.11]",
                ports: "[{name: rpc, port: 9000}, {name: web, port: 9001}]"),
            Documents.policy(on: "teller", to: ("mainframe", "banking", 80)))
        #expect(judgement.opens(teller, to: .service("mainframe"), 80))
        #expect(judgement.opens(teller, to: try .block("192.0.2.11/32"), 9000))
        #expect(!judgement.opens(teller, to: try .block("192.0.2.11/32"), 9001))
        #expect(!judgement.opens(teller, to: try .block("192.0.2.12/32"), 9000))
    }

    @Test(
        "without a Service an endpoint is the application whose host it is",
        arguments: [
            "bank-mcp:3000", "bank-mcp.tools:3000", "bank-mcp.tools.svc:3000",
            "BANK-MCP.tools.svc.cluster.local:3000",
        ])
    func application(host: String) throws {
        let judgement = try Judgement(
            Documents.system(
                "bank", in: "tools",
                "apps:\n" + Documents.application("tool", "mcp_server", host: host, workload: "runner")),
            Documents.policy(on: "teller", protocols: "[mcp]", to: ("bank-mcp", "tools", 3000)))
        #expect(judgement.opens(teller, to: .deployment("runner", in: "tools"), 3000))
        #expect(judgement.opens(teller, to: .service("bank-mcp", in: "tools"), 3000))
    }

    @Test("a short host is a name in its own system's namespace only")
    func shortHostOfAnotherNamespace() throws {
        let judgement = try Judgement(
            Documents.system(
                "bank", in: "tools",
                "apps:\n" + Documents.application("tool", "mcp_server", host: "bank-mcp:3000")),
            Documents.policy(on: "teller", protocols: "[mcp]", to: ("bank-mcp", "elsewhere", 3000)))
        #expect(judgement.writtenRules(of: teller) == ["egress to service elsewhere/bank-mcp TCP 3000"])
    }

    @Test("the Service wins over an application, the application over a workload of that name")
    func order() throws {
        let system = Documents.system(
            "bank", in: "tools",
            "apps:\n" + Documents.application("tool", "mcp_server", host: "ledger:3000", workload: "runner"))
        let policy = Documents.policy(on: "teller", protocols: "[mcp]", to: ("ledger", "tools", 3000))
        let byApplication = try Judgement(
            system, policy, Documents.workload("ledger", in: "tools"),
            Documents.workload("runner", in: "tools"))
        #expect(byApplication.opens(teller, to: .deployment("runner", in: "tools"), 3000))
        #expect(!byApplication.opens(teller, to: .deployment("ledger", in: "tools"), 3000))
        let byService = try Judgement(
            system, policy, Documents.workload("ledger", in: "tools"),
            Documents.workload("runner", in: "tools"),
            Documents.service("ledger", in: "tools", ports: "[{port: 3000, targetPort: 3001}]"))
        #expect(byService.opens(teller, to: .deployment("ledger", in: "tools"), 3001))
        #expect(!byService.opens(teller, to: .deployment("runner", in: "tools"), 3000))
    }

    @Test("a workload's own name is the last resort, and said to be")
    func workload() throws {
        let judgement = try Judgement(
            Documents.workload("ledger", in: "tools"),
            Documents.policy(on: "teller", to: ("ledger", "tools", 5432)))
        #expect(judgement.opens(teller, to: .deployment("ledger", in: "tools"), 5432))
        #expect(judgement.diagnostics.map(\.code) == [.endpointByWorkload])
    }

    @Test("what nothing defines is left to the inventory, as the Service of that name")
    func unresolved() throws {
        let judgement = try Judgement(Documents.policy(on: "teller", to: ("ledger", "tools", 5432)))
        #expect(judgement.writtenRules(of: teller) == ["egress to service tools/ledger TCP 5432"])
        #expect(judgement.diagnostics.map(\.code) == [.unresolvedEndpoint])
    }

    @Test("names of other namespaces are other names")
    func otherNamespace() throws {
        let judgement = try Judgement(
            Documents.workload("ledger", in: "elsewhere"),
            Documents.service("ledger", in: "nowhere", ports: "[{port: 5432}]"),
            Documents.policy(on: "teller", to: ("ledger", "tools", 5432)))
        #expect(judgement.writtenRules(of: teller) == ["egress to service tools/ledger TCP 5432"])
        #expect(judgement.diagnostics.map(\.code) == [.unresolvedEndpoint])
    }

    @Test("an application runs as the workload of its name that the input knows, whatever its kind")
    func kindOfApplication() throws {
        let judgement = try Judgement(
            Documents.workload("runner", in: "tools", kind: "StatefulSet"),
            Documents.system(
                "bank", in: "tools",
                "apps:\n" + Documents.application("tool", "mcp_server", host: "tool:3000", workload: "runner")
            ),
            Documents.policy(on: "teller", protocols: "[mcp]", to: ("tool", "tools", 3000)))
        let runner = WorkloadID(namespace: "tools", kind: .statefulSet, name: "runner")
        #expect(judgement.opens(teller, to: .workload(runner), 3000))
        #expect(judgement.admits(runner, from: .workload(teller), 3000))
        #expect(judgement.model[namespace: "tools"]?.subjects.map(\.workload) == [runner])
    }

    @Test("a target port that no container names opens the Service's address, and no pod")
    func unnamedTargetPort() throws {
        let judgement = try Judgement(
            Documents.workload("ledger", in: "tools"),
            Documents.service("ledger", in: "tools", ports: "[{port: 80, targetPort: sql}]"),
            Documents.policy(on: "teller", to: ("ledger", "tools", 80)))
        #expect(judgement.writtenRules(of: teller) == ["egress to service tools/ledger TCP 80"])
        #expect(judgement.diagnostics.map(\.code) == [.unresolvedEndpoint])
    }
}

import CasaDiagnostics
import CasaPolicyIR
import CasaPolicyLang
import Testing

@Suite("Objects of Kubernetes")
struct SyntaxContextTests {
    @Test("a Namespace is read with its labels and annotations")
    func namespace() throws {
        let reading = SyntaxReading(
            """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: banking
              creationTimestamp: null
              labels: {casa.io/injection: enabled}
              annotations: {note: "any text at all, also with spaces"}
            spec: {finalizers: [kubernetes]}
            """)
        #expect(reading.findings == [])
        let metadata = try #require(reading.syntax?.namespaces.first?.metadata)
        #expect(metadata.label("casa.io/injection")?.value == "enabled")
        #expect(metadata.annotations.map(\.value.value) == ["any text at all, also with spaces"])
        #expect(metadata.namespace == nil)
        #expect(metadata.document.text.hasPrefix("apiVersion") && metadata.document.text.hasSuffix("}"))
    }

    @Test("a Service is read with its ports")
    func service() throws {
        let reading = SyntaxReading(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: mcp, namespace: banking}
            spec:
              type: ClusterIP
              clusterIP: 10.96.0.7
              clusterIPs: [10.96.0.7, 'fd00::7']
              sessionAffinity: None
              selector: {app: mcp}
              ports:
                - {name: http, port: 80, targetPort: http, protocol: TCP, appProtocol: http}
                - {port: 53, targetPort: 5353, protocol: UDP}
                - {port: 81, protocol: SCTP}
            """)
        #expect(reading.findings == [])
        let service = try #require(reading.syntax?.services.first)
        #expect(service.type?.value == .clusterIP)
        #expect(service.clusterIP?.value == IPAddress("10.96.0.7").map(ClusterIP.address))
        #expect(
            service.clusterIPs.map(\.value)
                == ["10.96.0.7", "fd00::7"].compactMap(IPAddress.init).map(ClusterIP.address))
        #expect(!service.isHeadless)
        #expect(service.selector.map(\.key.value) == ["app"])
        #expect(service.ports.map(\.value.port.value) == [80, 53, 81])
        #expect(service.ports.map { $0.value.targetPort?.value } == [.name("http"), .number(5353), nil])
        #expect(service.ports.map { $0.value.transport?.value } == [.tcp, .udp, .sctp])
    }

    @Test("a Service can be headless, or a name, or empty")
    func otherServices() {
        func service(_ spec: String) -> ServiceSyntax? {
            SyntaxReading("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: \(spec)").syntax?
                .services.first
        }
        #expect(service("{clusterIP: None}")?.isHeadless == true)
        #expect(service("{clusterIP: \"\"}")?.clusterIP?.value == .chosenByCluster)
        let external = service("{type: ExternalName, externalName: API.example.com., selector: null}")
        #expect(external?.externalName?.value.description == "api.example.com")
        #expect(external?.type?.value == .externalName)
        #expect(external?.selector.isEmpty == true)
        #expect(service("{}")?.ports.isEmpty == true)
    }

    @Test("wrong types in what is read are errors")
    func wrongTypes() {
        let text = """
            apiVersion: v1
            kind: Service
            metadata: {name: a, labels: {version: 1.0}}
            spec:
              type: Internal
              clusterIP: somewhere
              ports:
                - {port: "80", targetPort: "8080"}
                - {targetPort: a_b, protocol: tcp}
                - 80
            """
        #expect(
            SyntaxReading(text).findings == [
                Finding(.wrongType, "1.0", "expected text, found a number", "put quotes round it: `\"1.0\"`"),
                Finding(
                    .unknownValue, "Internal", "unknown type of Service `Internal`",
                    "write `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`"),
                Finding(
                    .invalidHost, "somewhere", "`somewhere` is not an IP address",
                    "write it as `10.0.0.1` or `fd00::1`"),
                Finding(
                    .wrongType, "\"80\"", "expected a whole number, found text", "write `80` without quotes"),
                Finding(
                    .invalidName, "\"8080\"", "`8080` is not the name of a port",
                    "write `8080` without quotes for the number"),
                Finding(
                    .missingKey, "{targetPort: a_b, protocol: tcp}",
                    "missing key `port` of a port of a Service",
                    "add `port`"),
                Finding(
                    .invalidName, "a_b", "`a_b` is not the name of a port",
                    "use at most 15 of `a-z`, `0-9` and `-`, with a letter among them"),
                Finding(.unknownValue, "tcp", "unknown protocol `tcp`", "did you mean `TCP`?"),
                Finding(.wrongType, "80", "expected a mapping, found a number"),
            ])
    }

    @Test("an EndpointSlice is read with the Service it belongs to")
    func endpointSlice() throws {
        let reading = SyntaxReading(
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: db-1, namespace: banking, labels: {kubernetes.io/service-name: db}}
            addressType: IPv4
            endpoints:
              - {addresses: [192.0.2.1, 192.0.2.2], conditions: {ready: true}}
              - {addresses: [192.0.2.3]}
            ports: [{name: "", port: 5432, protocol: TCP}]
            """)
        #expect(reading.findings == [])
        let slice = try #require(reading.syntax?.endpointSlices.first)
        #expect(slice.serviceName?.value == "db")
        #expect(slice.addresses.map(\.value.description) == ["192.0.2.1", "192.0.2.2", "192.0.2.3"])
        #expect(slice.ports.map { $0.value.port?.value } == [5432])
    }

    @Test("the names in an EndpointSlice are no addresses")
    func endpointNames() {
        let reading = SyntaxReading(
            """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: db-1}
            addressType: FQDN
            endpoints: [{addresses: [db.example.com]}]
            ports: null
            """)
        #expect(reading.findings == [])
        #expect(reading.syntax?.endpointSlices.first?.addresses.isEmpty == true)
    }

    @Test("a Deployment is read from its pod template", arguments: ["Deployment", "StatefulSet"])
    func controller(kind: String) throws {
        let reading = SyntaxReading(
            """
            apiVersion: apps/v1
            kind: \(kind)
            metadata: {name: agent, namespace: banking, labels: {app: outer}}
            spec:
              replicas: 3
              selector: {matchLabels: {app: agent}}
              template:
                metadata: {labels: {app: agent}}
                spec:
                  hostNetwork: true
                  initContainers:
                    - name: proxy
                      restartPolicy: Always
                      startupProbe: {httpGet: {path: /, port: 15021}}
                  containers:
                    - name: agent
                      image: agent:1
                      ports: [{name: http, containerPort: 8000}, {containerPort: 53, protocol: UDP}]
                      livenessProbe: {httpGet: {path: /health, port: http}}
                      readinessProbe: {tcpSocket: {port: 8001}, periodSeconds: 5}
                      startupProbe: {grpc: {port: 8002}}
                    - name: side
                      livenessProbe: {exec: {command: [a]}}
                      readinessProbe: {httpGet: {host: elsewhere.example, port: 80}}
            """)
        #expect(reading.findings == [])
        let workload = try #require(reading.syntax?.workloads.first)
        #expect(workload.kind.value.rawValue == kind)
        #expect(workload.kind.origin.text == kind)
        #expect(workload.hostNetwork?.value == true)
        #expect(workload.podLabels.map(\.value.value) == ["agent"])
        #expect(workload.containers.map { $0.value.name?.value } == ["agent", "side", "proxy"])
        #expect(
            workload.containers.map { $0.value.probePorts.map(\.value) } == [
                [.name("http"), .number(8001), .number(8002)], [], [.number(15021)],
            ])
        #expect(workload.containers[0].ports.map(\.value.containerPort.value) == [8000, 53])
        #expect(workload.containers[0].ports.map { $0.value.transport?.value } == [nil, .udp])
    }

    @Test("a Pod carries its own labels")
    func pod() {
        let reading = SyntaxReading(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: agent, labels: {app: agent}}
            spec: {hostNetwork: "true", containers: []}
            """)
        #expect(
            reading.findings == [
                Finding(
                    .wrongType, "\"true\"", "expected a truth value, found text", "write it without quotes")
            ])
        let clean = SyntaxReading("apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {b: c}}\nspec: {}")
        #expect(clean.syntax?.workloads.first?.podLabels.map(\.value.value) == ["c"])
        #expect(clean.syntax?.workloads.first?.kind.value == .pod)
    }

    @Test("a workload without a template is an error")
    func noTemplate() {
        let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {templates: {}}"
        #expect(
            SyntaxReading(text).findings == [
                Finding(
                    .unknownKey, "templates", "unknown key `templates` in the spec of a workload",
                    "did you mean `template`?")
            ])
    }

    @Test("a NetworkPolicy is known by its name")
    func networkPolicy() {
        let reading = SyntaxReading(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: b}\nspec: {x: y}"
        )
        #expect(reading.findings == [])
        #expect(reading.syntax?.networkPolicies.map(\.metadata.name.value) == ["a"])
        #expect(reading.syntax?.networkPolicies.first?.metadata.namespace?.value == "b")
    }
}

import CasaBundle
import CasaDiagnostics
import CasaNode
import CasaPolicyIR
import Testing

/// From the text of an inventory to its meaning.
@Suite struct InventoryTests {
    static let text = """
        apiVersion: casa.io/v1alpha1
        kind: Inventory
        node:
          addresses: [192.168.50.1]
        resolvers: [10.96.0.10, "fd00::53"]
        runtime: [10.0.0.9]
        workloads:
          - namespace: banking
            kind: Deployment
            name: teller
            labels: {app: teller, tier: front}
            pods:
              - name: teller-0
                addresses: [10.0.0.4, "::ffff:10.0.0.5"]
                cgroups: [kubepods/pod7/teller]
          - namespace: kube-system
            kind: Pod
            name: coredns-0
            pods: [{name: coredns-0, addresses: [10.0.0.53]}]
          - {namespace: banking, kind: Pod, name: agent, hostNetwork: true, pods: [{name: agent, cgroups: [/cg/agent]}]}
        services:
          - {namespace: banking, name: bank-mcp, addresses: [10.96.3.4]}
        names:
          - {name: API.example.com., addresses: [203.0.113.9, 10.96.3.4]}
          - {name: empty.example.com, addresses: null}
        """

    @Test("every part of an inventory is read, in its own words")
    func reads() throws {
        let inventory = try InventoryReading.read(Self.text)
        #expect(inventory.node.map(\.value) == [.v4(0xC0A8_3201)])
        #expect(inventory.resolvers.map { $0.value.description } == ["10.96.0.10", "fd00::53"])
        #expect(
            inventory.workloads.map { $0.id.value.description } == [
                "banking/Deployment/teller", "kube-system/Pod/coredns-0", "banking/Pod/agent",
            ])
        let pod = try #require(inventory.workloads[0].pods.first)
        #expect(
            pod.addresses.map { $0.value.description } == ["10.0.0.4", "10.0.0.5"],
            "mapped addresses are IPv4")
        #expect(pod.cgroups.first?.origin.text == "kubepods/pod7/teller")
        #expect(inventory.workloads[2].hostNetwork.value)
        #expect(
            inventory.names.map { $0.name.value.description } == ["api.example.com", "empty.example.com"])
        #expect(inventory.digest == Digest(of: Array(Self.text.utf8)))
    }

    @Test("JSON is read as well")
    func json() throws {
        let inventory = try InventoryReading.read(
            #"{"apiVersion": "casa.io/v1alpha1", "kind": "Inventory", "runtime": ["10.0.0.9"], "workloads": null}"#
        )
        #expect(inventory.runtime.map(\.value) == [.v4(0x0A00_0009)] && inventory.workloads.isEmpty)
    }

    @Test("the members of a class are those that the inventory names or selects")
    func membership() throws {
        let inventory = try InventoryReading.read(Self.text)
        let index = InventoryIndex(inventory)
        func members(_ peer: PeerClass) -> [String] { index.addresses(of: peer).map(\.description) }
        let front = PodSelector(namespace: nil, labels: [.init(key: "tier", value: "front")])
        #expect(members(.pods(front)) == ["10.0.0.4", "10.0.0.5"])
        #expect(members(.pods(PodSelector(namespace: "shop", labels: []))) == [])
        #expect(members(.namespace("kube-system")) == ["10.0.0.53"])
        #expect(members(.service(ServiceID(namespace: "banking", name: "bank-mcp"))) == ["10.96.3.4"])
        #expect(members(.workload(WorkloadID(namespace: "banking", kind: .pod, name: "agent"))) == [])
        #expect(members(.loopback) == [] && members(.node) == ["192.168.50.1"])
        #expect(index.lists(.name(DomainName("empty.example.com"))))
        #expect(!index.lists(.name(DomainName("other.example.com"))))
    }

    @Test("an address has all the classes that hold it, in the numbers of the object")
    func entries() throws {
        let inventory = try InventoryReading.read(Self.text)
        let service = PeerClass.service(ServiceID(namespace: "banking", name: "bank-mcp"))
        let name = PeerClass.name(DomainName("api.example.com"))
        let peers: [(UInt16, PeerClass)] = [
            (3, .resolver), (20, name), (17, service), (30, .namespace("banking")),
        ]
        let entries = inventory.addressEntries(for: peers.map { ClassEntry(number: $0.0, peer: $0.1) })
        #expect(
            entries.map { "\($0.address) \($0.classes)" } == [
                "10.0.0.4 [30]", "10.0.0.5 [30]", "10.96.0.10 [3]", "10.96.3.4 [17, 20]", "203.0.113.9 [20]",
                "fd00::53 [3]",
            ])
        let book = inventory.addressBook(for: peers.map(\.1))
        #expect(book.peer(at: .v4(0x0A60_0304)).classes == [name, service])
        #expect(
            book.sorted.map { $0.address } == entries.map(\.address),
            "the evaluator and the kernel know the same")
        #expect(throws: Never.self) { try AddressTable(.v4, entries: entries) }
    }

    @Test("addresses are called what people call them")
    func names() throws {
        let names = try InventoryReading.read(Self.text).addressNames
        #expect(
            names.first { $0.address == "10.96.3.4" }?.names == [
                "name api.example.com", "service banking/bank-mcp",
            ])
        #expect(names.first { $0.address == "10.0.0.4" }?.names == ["pod banking/teller-0"])
        let addresses = names.compactMap { IPAddress($0.address) }
        #expect(addresses.count == names.count && addresses == addresses.sorted())
    }
}

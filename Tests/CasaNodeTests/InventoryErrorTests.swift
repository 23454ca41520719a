import CasaDiagnostics
import CasaNode
import Testing

/// What is said about inventories that cannot be.
@Suite struct InventoryErrorTests {
    struct Case: CustomTestStringConvertible {
        let body: String
        /// The exact text that is pointed at.
        let place: String
        let message: String

        init(_ body: String, _ place: String, _ message: String) {
            self.body = body
            self.place = place
            self.message = message
        }

        var testDescription: String { message }
    }

    static let workload = "workloads:\n  - {namespace: a, kind: Deployment, name: w, pods: ["

    @Test(
        "each mistake is one error at its own bytes",
        arguments: [
            Case("resolver: [10.0.0.1]\n", "resolver", "unknown key `resolver`"),
            Case("resolvers: 10.0.0.1\n", "10.0.0.1", "`resolvers` is a list"),
            Case("resolvers: [10.0.0.256]\n", "10.0.0.256", "an address is IPv4 or IPv6"),
            Case("runtime: [127.0.0.1]\n", "127.0.0.1", "127.0.0.1 cannot be a peer"),
            Case("runtime: [\"::\"]\n", "\"::\"", ":: cannot be a peer"),
            Case("runtime: [224.0.0.1]\n", "224.0.0.1", "224.0.0.1 cannot be a peer"),
            Case("runtime: [\"ff02::1\"]\n", "\"ff02::1\"", "ff02::1 cannot be a peer"),
            Case("node: [10.0.0.1]\n", "[10.0.0.1]", "`node` is a mapping"),
            Case("services: [{name: s}]\n", "{name: s}", "a service needs a `namespace`"),
            Case(
                "services: [{namespace: a, name: S}]\n", "S",
                "`name` is a DNS label: lower-case letters, digits and `-`"),
            Case("names: [{name: 10}]\n", "10", "`name` is a text"),
            Case("names: [{name: a..b}]\n", "a..b", "`name` is a domain name in ASCII"),
            Case(
                "workloads: [{namespace: a, kind: Deploymnt, name: w}]\n", "Deploymnt",
                "unknown kind of workload `Deploymnt`"),
            Case(
                "\(workload){name: p, cgroups: [a/../b]}]}\n", "a/../b",
                "a cgroup is a path without empty, `.` or `..` parts"),
            Case(
                "\(workload){name: p, cgroups: [a//b]}]}\n", "a//b",
                "a cgroup is a path without empty, `.` or `..` parts"),
            Case(
                "\(workload){name: p}], hostNetwork: maybe}\n", "maybe", "`hostNetwork` is `true` or `false`"),
            Case(
                "\(workload){name: p, addresses: [10.0.0.1]}, {name: q, addresses: [10.0.0.1]}]}\n",
                "10.0.0.1",
                "address 10.0.0.1 belongs to pod a/p and to pod a/q"),
            Case(
                "\(workload){name: p, addresses: [10.0.0.1]}]}\nnode: {addresses: [10.0.0.1]}\n", "10.0.0.1",
                "address 10.0.0.1 belongs to the node and to pod a/p"),
            Case(
                "\(workload){name: p, addresses: [10.0.0.1]}], hostNetwork: true}\n", "10.0.0.1",
                "pod a/p shares the node's network and has no address of its own"),
            Case("\(workload){name: p}, {name: p}]}\n", "p", "pod a/p is listed twice"),
            Case(
                "\(workload){name: p, cgroups: [c]}, {name: q, cgroups: [c]}]}\n", "c",
                "cgroup `c` is listed twice"),
            Case("names: [{name: a.b}, {name: A.B}]\n", "A.B", "name a.b is listed twice"),
            Case(
                "workloads: [{namespace: a, kind: Pod, name: w, pods: [{name: v}]}]\n", "v",
                "a workload of kind Pod is one pod with its own name"),
        ])
    func mistakes(example: Case) throws {
        let complaints = InventoryReading.complaints(example.body)
        #expect(complaints.map(\.message) == [example.message])
        let complaint = try #require(complaints.first)
        #expect(complaint.code == .invalidInventory && complaint.severity == .error)
        #expect(complaint.primary?.text == example.place)
    }

    @Test("a second place is shown where two things contradict each other")
    func secondPlace() throws {
        let body = "\(Self.workload){name: p, addresses: [10.0.0.1]}, {name: q, addresses: [10.0.0.1]}]}\n"
        let labels = try #require(InventoryReading.complaints(body).first).labels
        #expect(labels.count == 2 && labels[0].range.bytes.lowerBound > labels[1].range.bytes.lowerBound)
        #expect(labels[1].text == "of pod a/p")
    }

    @Test("misspelt keys and kinds are guessed")
    func suggestions() {
        let key = InventoryReading.complaints("workload: []\n")
        #expect(key.first?.notes == [.help("did you mean `workloads`?")])
        let kind = InventoryReading.complaints("workloads: [{namespace: a, kind: StatefullSet, name: w}]\n")
        #expect(kind.first?.notes == [.help("did you mean `StatefulSet`?")])
    }

    @Test("an address written twice in one list changes nothing, and is a warning")
    func repeated() throws {
        let complaints = InventoryReading.complaints("resolvers: [10.0.0.1, 10.0.0.1]\n")
        #expect(complaints.map(\.severity) == [.warning])
    }

    @Test("another document, none, or two are no inventory")
    func documents() {
        #expect(
            InventoryReading.complaints("", head: "").map(\.message) == [
                "there is no inventory in `inventory.yaml`"
            ])
        let two = InventoryReading.complaints("---\n\(InventoryReading.head)")
        #expect(two.map(\.message) == ["an inventory is one document"])
        let policy = InventoryReading.complaints("", head: "apiVersion: casa.io/v1alpha1\nkind: CASAPolicy\n")
        #expect(policy.map(\.message) == ["`kind` of an inventory is `Inventory`"])
        #expect(
            InventoryReading.complaints("", head: "kind: Inventory\n").map(\.message) == [
                "an inventory needs a `apiVersion`"
            ])
    }

    @Test("all mistakes are said at once")
    func all() {
        let body = "resolvers: [x]\nruntime: [y]\nservices: [{}]\n"
        #expect(InventoryReading.complaints(body).count == 4)
    }
}

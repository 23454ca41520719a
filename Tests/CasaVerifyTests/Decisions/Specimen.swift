import CasaBPF
import CasaBundle
import CasaCodegen
import CasaDiagnostics
import CasaPolicyIR
import CasaTestSupport
import CasaVerify

/// A policy with the object that the compiler makes of it, and copies of the object with something wrong in
/// them.
struct Specimen {
    let policy: NamespacePolicy
    let classes: ClassAssignment
    let claimed: ClassifiedPolicy
    let bytes: [UInt8]

    init(_ policy: NamespacePolicy, as form: Manifest.DecisionSummary.Form) throws {
        var diagnostics = DiagnosticBag()
        self.policy = policy
        classes = try ClassAssignment(policy, reporting: &diagnostics)
        let emission = ObjectEmission(treeLimit: form == .tree ? .max : 0)
        bytes = try emission.run(policy, reporting: &diagnostics).bytes
        claimed = Self.classify(policy, classes)
    }

    init(seed: Int, as form: Manifest.DecisionSummary.Form) throws {
        var generator = PolicyGenerator(seed: UInt64(seed))
        try self.init(generator.generate().policy, as: form)
    }

    static func classify(_ policy: NamespacePolicy, _ classes: ClassAssignment) -> ClassifiedPolicy {
        ClassifiedPolicy(
            subjectCount: policy.subjects.count,
            rules: zip(policy.rules, policy.ruleNumbers).map { rule, numbers in
                ClassifiedPolicy.Rule(
                    subject: UInt16(numbers.subject), direction: rule.direction,
                    classes: Array(classes.classes(ofPeer: numbers.peer)), transport: rule.transport,
                    ports: rule.ports, effect: rule.effect)
            },
            regions: classes.entries.filter { $0.peer == nil }.map { entry in
                ClassifiedPolicy.Region(
                    classNumber: entry.number, blocks: (entry.blocks ?? []).compactMap(CIDRBlock.init))
            })
    }

    /// Where the content of a section is in the file.
    func place(ofSection name: String) throws -> Range<Int> {
        guard let section = try ELFObject(bytes).section(named: name) else { throw Missing(name: name) }
        return section.bytes.indices
    }

    /// Where the code of a function is in the file.
    func place(ofFunction name: String) throws -> Range<Int> {
        let object = try ELFObject(bytes)
        guard let symbol = object.symbols.first(where: { $0.name == name }),
            case .section(let index) = symbol.place
        else { throw Missing(name: name) }
        let start = object.sections[index].bytes.startIndex + symbol.value
        return start..<start + symbol.size
    }

    func flipped(bit: Int, at place: Int) -> [UInt8] {
        var bytes = bytes
        bytes[place] ^= 1 << UInt8(bit)
        return bytes
    }

    struct Missing: Error {
        let name: String
    }
}

extension Specimen {
    /// One subject that may call one service on one port, over TCP.
    static func single(
        port: ClosedRange<UInt16> = 443...443, direction: Direction = .egress, effect: Effect = .allow,
        subjects: Int = 1, of subject: Int = 0, as form: Manifest.DecisionSummary.Form = .tree
    ) throws -> Specimen {
        let rule = Rule(
            subject: PolicyGenerator.workload(subject), direction: direction,
            peer: .service(ServiceID(namespace: "bank", name: "mcp")), transport: .tcp, ports: port,
            effect: effect, source: .written(policy: "shop"), origin: nil)
        let subjects = (0..<subjects).map {
            Subject(workload: PolicyGenerator.workload($0), hostNetwork: true, origin: nil)
        }
        return try Specimen(
            NamespacePolicy(name: "shop", subjects: subjects, rules: [rule], runtime: RuntimeTables()),
            as: form)
    }
}

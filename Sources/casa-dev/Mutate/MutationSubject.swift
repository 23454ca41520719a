internal import CasaBPF
internal import CasaBundle
internal import CasaCodegen
internal import CasaDiagnostics
internal import CasaNode
internal import CasaPolicyIR
internal import CasaVerify

/// A compiled policy that mutants are made of, with everything it is held to.
struct MutationSubject: Sendable {
    /// As in `banking, tree`.
    let name: String
    let policy: NamespacePolicy
    let classified: ClassifiedPolicy
    let legend: WitnessLegend
    let image: ObjectImage
    /// Entries of the decision table, or intervals of the tree.
    let entries: Int
    /// What a node would load, and of what.
    let tables: [AddressTable]
    let known: [AddressTable.Entry]
    private let programs: [(name: String, reach: Set<String>)]

    /// `form` is forced, whatever the cost model would choose; `other` is compiled in the policy's place.
    init(
        _ policy: NamespacePolicy, as form: Manifest.DecisionSummary.Form, inventory: Inventory?,
        compiling other: NamespacePolicy? = nil, template: Template = .embedded
    ) throws(MutationFailure) {
        var diagnostics = DiagnosticBag()
        do {
            let emission = ObjectEmission(template: template, treeLimit: form == .tree ? .max : 0)
            let honest = try emission.run(policy, reporting: &diagnostics)
            let object = other == nil ? honest : try emission.run(other ?? policy, reporting: &diagnostics)
            image = try ObjectImage(object.bytes)
            programs = try Self.programs(of: object.bytes)
            entries = object.decisions.entries
            name = "\(policy.name), \(object.decisions.form.rawValue)"
            classified = Self.classified(policy, honest)
            legend = Self.legend(policy, honest)
            let known = inventory?.addressEntries(for: honest.classes) ?? []
            tables = try AddressTable.Family.allCases.map { try AddressTable($0, entries: known) }
            self.known = known
        } catch {
            let said = diagnostics.diagnostics.first?.message
            throw .failed("\(policy.name) cannot be compiled: \(said ?? "\(error)")")
        }
        self.policy = policy
    }

    /// The programs that call a function of the template, directly or not.
    func callers(of function: String) -> [String] {
        programs.filter { $0.reach.contains(function) }.map(\.name)
    }

    private static func programs(of bytes: [UInt8]) throws(ObjectError) -> [(
        name: String, reach: Set<String>
    )] {
        let object = try BPFObject(bytes)
        let functions = Dictionary(uniqueKeysWithValues: object.functions.map { ($0.name, $0) })
        return object.programs.map { program in
            var reach: Set<String> = [program.name]
            var left = [program.body]
            while let body = left.popLast() {
                for reference in body.references {
                    guard case .function(let name) = reference.target, reach.insert(name).inserted,
                        let function = functions[name]
                    else { continue }
                    left.append(function)
                }
            }
            return (program.name, reach)
        }
    }

    /// By the section of the object that each takes the place of.
    var tableContents: [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: tables.map { ($0.family.section, $0.bytes) })
    }

    private static func legend(_ policy: NamespacePolicy, _ object: NamespaceObject) -> WitnessLegend {
        var classes: [UInt16: WitnessLegend.Meaning] = [:]
        for entry in object.classes {
            classes[entry.number] =
                entry.peer.map(WitnessLegend.Meaning.learned) ?? .region(blocks(of: entry))
        }
        return WitnessLegend(policy, classes: classes)
    }

    private static func classified(_ policy: NamespacePolicy, _ object: NamespaceObject) -> ClassifiedPolicy {
        ClassifiedPolicy(
            subjectCount: policy.subjects.count,
            rules: zip(policy.rules, object.rules).map { rule, entry in
                ClassifiedPolicy.Rule(
                    subject: UInt16(entry.subject), direction: rule.direction, classes: entry.classes,
                    transport: rule.transport, ports: rule.ports, effect: rule.effect)
            },
            regions: object.classes.filter { $0.kind == .region }.map {
                ClassifiedPolicy.Region(classNumber: $0.number, blocks: blocks(of: $0))
            })
    }

    private static func blocks(of entry: ClassEntry) -> [CIDRBlock] {
        (entry.blocks ?? []).compactMap(CIDRBlock.init)
    }
}

/// Why mutants cannot be made or tried.
enum MutationFailure: Error {
    case failed(String)
}

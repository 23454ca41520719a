import CasaDiagnostics
import CasaPolicyIR
import Testing

/// Documents as the evaluator understands them.
struct Judgement {
    let model: PolicyModel
    let diagnostics: [Diagnostic]

    /// Compiles the documents; they must not have an error.
    init(_ documents: String..., at location: Testing.SourceLocation = #_sourceLocation) throws {
        let compiled = Compiled(documents: documents)
        diagnostics = compiled.diagnostics
        model = try #require(
            compiled.model, "\(compiled.diagnostics.map(\.message))", sourceLocation: location)
    }

    func rules(of subject: WorkloadID) -> [Rule] {
        model[namespace: subject.namespace]?.rules.filter { $0.subject == subject } ?? []
    }

    /// The rules that somebody wrote, on either side, without the implicit ones.
    func writtenRules(of subject: WorkloadID) -> [String] {
        rules(of: subject).filter { rule in
            if case .implicit = rule.source { false } else { true }
        }.map(\.description)
    }

    func decision(
        _ subject: WorkloadID, _ direction: Direction, _ peer: Peer, _ port: UInt16,
        _ transport: Transport = .tcp
    ) -> Decision? {
        model[namespace: subject.namespace].map {
            Evaluator($0).decide(
                Question(subject: subject, direction: direction, peer: peer, transport: transport, port: port)
            )
        }
    }

    /// Whether a workload may open a flow to something; an unmanaged one is not judged.
    func opens(
        _ subject: WorkloadID, to peer: PeerClass, _ port: UInt16, _ transport: Transport = .tcp
    ) -> Bool {
        decision(subject, .egress, .of(peer), port, transport)?.passes ?? true
    }

    /// Whether a workload lets somebody in.
    func admits(
        _ subject: WorkloadID, from peer: PeerClass, _ port: UInt16, _ transport: Transport = .tcp
    ) -> Bool {
        decision(subject, .ingress, .of(peer), port, transport)?.passes ?? true
    }
}

extension Peer {
    /// Somebody of whom only this class is known; of a block, its first address.
    static func of(_ peer: PeerClass) -> Peer {
        if case .block(let block) = peer { return Peer(address: block.address, classes: []) }
        return Peer(address: nil, classes: [peer])
    }

    static func address(_ text: String) throws -> Peer {
        let address = try #require(IPAddress(text))
        return Peer(address: address, classes: [])
    }
}

extension WorkloadID {
    static func deployment(_ name: String, in namespace: String = "banking") -> WorkloadID {
        WorkloadID(namespace: namespace, kind: .deployment, name: name)
    }
}

extension PeerClass {
    static func deployment(_ name: String, in namespace: String = "banking") -> PeerClass {
        .workload(.deployment(name, in: namespace))
    }

    static func service(_ name: String, in namespace: String = "banking") -> PeerClass {
        .service(ServiceID(namespace: namespace, name: name))
    }

    static func block(_ text: String) throws -> PeerClass {
        .block(try #require(CIDRBlock(text)))
    }
}

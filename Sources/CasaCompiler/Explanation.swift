internal import CasaDiagnostics
package import CasaPolicyIR

/// The answer to whether one flow may be opened, with the rule or the nearest one.
package struct Explanation: Sendable {
    package let question: Question
    package let namespace: NamespacePolicy
    package let decision: Decision
    package let nearest: NearestRule.Candidate?

    package var rule: Rule? { decision.rule.map { namespace.rules[$0] } }
    package var nearestRule: Rule? { nearest.map { namespace.rules[$0.rule] } }

    init(_ question: Question, in namespace: NamespacePolicy) {
        self.question = question
        self.namespace = namespace
        decision = Evaluator(namespace).decide(question)
        nearest = decision.passes ? nil : NearestRule(in: namespace).candidate(for: question)
    }
}

/// Who and where, as a person types it.
package struct ExplainRequest: Sendable {
    package let from: String
    package let to: String
    package let transport: Transport

    package init(from: String, to: String, transport: Transport) {
        self.from = from
        self.to = to
        self.transport = transport
    }

    /// Why the question could not be put.
    package enum Failure: Error, Hashable, Sendable {
        case notHostAndPort(String)
        case ambiguousName(String, candidates: [String])
        case neitherManaged
        case unknownName(String, suggestion: String?)
    }

    /// Asks the egress of a managed `from`; where only `to` is managed, its ingress.
    package func explain(_ model: PolicyModel) throws(Failure) -> Explanation {
        guard let target = Target(to) else { throw .notHostAndPort(to) }
        let subjects = model.namespaces.flatMap(\.subjects).map(\.workload)
        let names = NameResolution(model: model)
        if let subject = try names.workload(from, among: subjects) {
            let peer = try names.peer(target.host, seenFrom: subject.namespace)
            return try explanation(model, subject, .egress, peer, target.port)
        }
        // Who it is comes first: a misspelt workload is a more likely mistake than a flow between strangers.
        let peer = try names.peer(from, seenFrom: nil)
        guard let subject = try names.workload(target.host, among: subjects) else { throw .neitherManaged }
        return try explanation(model, subject, .ingress, peer, target.port)
    }

    private func explanation(
        _ model: PolicyModel, _ subject: WorkloadID, _ direction: Direction, _ peer: Peer, _ port: UInt16
    ) throws(Failure) -> Explanation {
        guard let namespace = model[namespace: subject.namespace] else { throw .neitherManaged }
        return Explanation(
            Question(subject: subject, direction: direction, peer: peer, transport: transport, port: port),
            in: namespace)
    }

    /// `host:port`, an IPv6 address in brackets.
    private struct Target {
        let host: String
        let port: UInt16

        init?(_ text: String) {
            guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
                port > 0
            else { return nil }
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
            guard !host.isEmpty else { return nil }
            self.host = String(host)
            self.port = port
        }
    }
}

/// Finds workloads and peers by the names people use for them.
struct NameResolution {
    let model: PolicyModel

    /// `name`, `namespace/name`, `Kind/name` or `namespace/Kind/name`; also the name of an application.
    func workload(_ text: String, among workloads: [WorkloadID]) throws(ExplainRequest.Failure) -> WorkloadID?
    {
        let matches = workloads.filter { forms(of: $0).contains(text) }
        if matches.count > 1 {
            throw .ambiguousName(text, candidates: matches.map(\.description))
        }
        if let match = matches.first { return match }
        let named = model.namespaces.flatMap { $0.runtime.systems }.flatMap(\.applications)
            .filter { $0.name == text }.map(\.workload)
        return workloads.first { named.contains($0.description) }
    }

    /// Everything a host may stand for: an address, or the classes that carry its name.
    ///
    /// Names in the namespace it is seen from come first; a plain name elsewhere serves where it is clear.
    func peer(_ text: String, seenFrom namespace: String?) throws(ExplainRequest.Failure) -> Peer {
        if let address = IPAddress(text) {
            return address.meansLoopback ? .loopback : Peer(address: address, classes: [])
        }
        let known = Set(model.namespaces.flatMap(\.peers))
            .union(model.namespaces.flatMap(\.subjects).map { .workload($0.workload) })
        var named = known.filter { names(of: $0, seenFrom: namespace).contains(text.lowercased()) }
        if named.isEmpty { named = try elsewhere(text, among: known) }
        let services = named.filter {
            if case .service = $0 { true } else { false }
        }
        // A name that is a Service's resolves to the Service's address, not to its pods.
        if !services.isEmpty { return Peer(address: nil, classes: services) }
        if !named.isEmpty { return Peer(address: nil, classes: named) }
        if text.contains(".") { return Peer(address: nil, classes: [.name(DomainName(text))]) }
        let candidates = known.flatMap {
            [plainName(of: $0)].compactMap(\.self) + names(of: $0, seenFrom: namespace)
        }
        throw .unknownName(text, suggestion: closestMatch(to: text, among: candidates.sorted()))
    }

    /// Peers of other namespaces with this plain name; several namespaces are one too many.
    private func elsewhere(
        _ text: String, among known: Set<PeerClass>
    ) throws(ExplainRequest.Failure) -> Set<PeerClass> {
        let named = known.filter { plainName(of: $0) == text.lowercased() }
        let spaces = Set(named.compactMap(namespace))
        if spaces.count > 1 {
            throw .ambiguousName(text, candidates: named.map(\.description).sorted())
        }
        return named
    }

    private func plainName(of peer: PeerClass) -> String? {
        switch peer {
        case .workload(let workload): workload.name
        case .service(let service): service.name
        case .loopback, .node, .resolver, .runtime, .name, .namespace, .pods, .block: nil
        }
    }

    private func namespace(of peer: PeerClass) -> String? {
        switch peer {
        case .workload(let workload): workload.namespace
        case .service(let service): service.namespace
        case .loopback, .node, .resolver, .runtime, .name, .namespace, .pods, .block: nil
        }
    }

    private func forms(of workload: WorkloadID) -> [String] {
        let (space, kind, name) = (workload.namespace, workload.kind.rawValue, workload.name)
        return [name, "\(space)/\(name)", "\(kind)/\(name)", "\(space)/\(kind)/\(name)"]
    }

    private func names(of peer: PeerClass, seenFrom namespace: String?) -> [String] {
        switch peer {
        case .loopback: ["localhost", "loopback"]
        case .node: ["node"]
        case .resolver: ["resolver"]
        case .runtime: ["casa-runtime"]
        case .workload(let workload):
            forms(of: workload).dropFirst(workload.namespace == namespace ? 0 : 1).map { $0.lowercased() }
        case .service(let service):
            (service.namespace == namespace ? [service.name] : [])
                + ["", ".svc", ".svc.cluster.local"].map { "\(service.name).\(service.namespace)\($0)" }
        case .name(let name): [name.description]
        case .namespace(let space): ["namespace/\(space)"]
        case .pods, .block: []
        }
    }
}

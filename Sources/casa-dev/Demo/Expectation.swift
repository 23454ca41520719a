internal import CasaPolicyIR

/// What the evaluator says of one flow.
enum Expectation: Hashable {
    /// Neither end is managed, so nobody judges it.
    case open
    /// Every managed end lets it pass.
    case allowed([Ruling])
    /// The first managed end that does not.
    case refused(Ruling)

    /// What one end says of a flow.
    struct Ruling: Hashable {
        let namespace: String
        let subject: WorkloadID
        let direction: Direction
        /// `nil` where no rule speaks of it.
        let rule: Int?
    }

    var isRefusal: Bool {
        switch self {
        case .refused: true
        case .open, .allowed: false
        }
    }
}

/// Asks the evaluator about both ends of a flow.
struct Judge {
    private let evaluators: [String: Evaluator]
    private let books: [String: AddressBook]

    /// Books hold what the inventory says of addresses, by namespace, in the classes of its policy.
    init(_ model: PolicyModel, books: [String: AddressBook]) {
        evaluators = Dictionary(uniqueKeysWithValues: model.namespaces.map { ($0.name, Evaluator($0)) })
        self.books = books
    }

    func isManaged(_ party: Party) -> Bool {
        party.workload.map { evaluators[$0.namespace] != nil } ?? false
    }

    func expectation(
        from source: IPAddress, of sender: Party, to target: IPAddress, of receiver: Party,
        _ transport: Transport,
        _ port: UInt16
    ) -> Expectation {
        let decisions = [
            decide(sender, .egress, peer: target, transport, port),
            decide(receiver, .ingress, peer: source, transport, port),
        ].compactMap { $0 }
        if decisions.isEmpty { return .open }
        if let refusal = decisions.first(where: { !$0.passes }) { return .refused(refusal.ruling) }
        return .allowed(decisions.map(\.ruling))
    }

    private func decide(
        _ party: Party, _ direction: Direction, peer: IPAddress, _ transport: Transport, _ port: UInt16
    ) -> (passes: Bool, ruling: Expectation.Ruling)? {
        guard let subject = party.workload, let evaluator = evaluators[subject.namespace],
            let book = books[subject.namespace]
        else { return nil }
        let decision = evaluator.decide(
            Question(
                subject: subject, direction: direction, peer: book.peer(at: peer), transport: transport,
                port: port))
        let ruling = Expectation.Ruling(
            namespace: subject.namespace, subject: subject, direction: direction, rule: decision.rule)
        return (decision.passes, ruling)
    }
}

/// What a probing function answers, found by running it on every key of its table, against what it should.
///
/// Where the table has no key the answer is 0, by ``TableLeaves``; within a piece one port speaks for all
/// that have no key of their own.
struct TableAnswers {
    enum Finding {
        case none
        case counterexample(Counterexample)
        /// What the keys say is not what the function does: it is no function of probes as claimed.
        case unexplained
    }

    private let trial: VerdictTrial
    /// By number; each piece's ports in ascending order, cut wherever a branch tells ports apart.
    private let pieces: [UInt16: [ClosedRange<UInt16>]]

    init(_ trial: VerdictTrial, _ leaves: TableLeaves) {
        self.trial = trial
        let cuts = leaves.cuts.sorted()
        var pieces: [UInt16: [ClosedRange<UInt16>]] = [:]
        for piece in leaves.pieces {
            var start = piece.ports.lowerBound
            for cut in cuts[cuts.firstPlace { $0 > start }...] where cut <= piece.ports.upperBound {
                pieces[piece.number, default: []].append(start...cut - 1)
                start = cut
            }
            pieces[piece.number, default: []].append(start...piece.ports.upperBound)
        }
        self.pieces = pieces
    }

    /// The first flow and port with another word than the policy's.
    func compare(_ keys: TableKeys, _ flows: [FlowDecisions]) throws(ProofError) -> Finding {
        let held = keys.flows
        var (left, right) = (0, 0)
        while left < held.count || right < flows.count {
            let mine = left < held.count ? held[left].flow : nil
            let theirs = right < flows.count ? flows[right].flow : nil
            guard let flow = [mine, theirs].compactMap({ $0 }).min() else { break }
            var keys = FlowKeys(flow: flow)
            var decisions = FlowDecisions(flow: flow, intervals: [])
            if mine == flow { (keys, left) = (held[left], left + 1) }
            if theirs == flow { (decisions, right) = (flows[right], right + 1) }
            if let port = try firstDifference(keys, decisions) { return try replay(flow, port) }
        }
        return .none
    }

    /// The first port found where a flow's keys do not answer what the policy does.
    private func firstDifference(
        _ keys: FlowKeys, _ decisions: FlowDecisions
    ) throws(ProofError) -> UInt16? {
        for port in keys.exact where try answer(keys.flow, port) != UInt64(decisions.word(at: port)) {
            return port
        }
        var covered: [ClosedRange<UInt16>] = []
        for ports in keys.pieces.flatMap({ pieces[$0] ?? [] }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            covered.append(ports)
            guard let speaker = keys.firstInexact(in: ports) else { continue }
            let word = try answer(keys.flow, speaker)
            for stretch in decisions.stretches(in: ports) where UInt64(stretch.word) != word {
                if let port = keys.firstInexact(in: stretch.ports) { return port }
            }
        }
        for interval in decisions.intervals {
            for ports in interval.ports.without(covered) {
                if let port = keys.firstInexact(in: ports) { return port }
            }
        }
        return nil
    }

    private func answer(_ flow: Flow, _ port: UInt16) throws(ProofError) -> UInt64 {
        let arguments = [UInt64(flow.classNumber), UInt64(flow.question | UInt32(port))]
        return try trial.run.answer(subject: flow.subject, arguments)
    }

    private func replay(_ flow: Flow, _ port: UInt16) throws(ProofError) -> Finding {
        let counterexample = try trial.counterexample(
            subject: flow.subject, classNumber: UInt64(flow.classNumber),
            question: UInt64(flow.question | UInt32(port)))
        return counterexample.map(Finding.counterexample) ?? .unexplained
    }
}

extension FlowDecisions {
    /// The words of a range of ports, 0 included, ascending.
    fileprivate func stretches(in ports: ClosedRange<UInt16>) -> [PortInterval] {
        var stretches: [PortInterval] = []
        var rest = Int(ports.lowerBound)
        let first = intervals.firstPlace { $0.ports.upperBound >= ports.lowerBound }
        for interval in intervals[first...] {
            guard interval.ports.overlaps(ports) else { break }
            let part = interval.ports.clamped(to: ports)
            if rest < Int(part.lowerBound) {
                stretches.append(PortInterval(ports: UInt16(rest)...part.lowerBound - 1, word: 0))
            }
            stretches.append(PortInterval(ports: part, word: interval.word))
            rest = Int(part.upperBound) + 1
        }
        if rest <= Int(ports.upperBound) {
            stretches.append(PortInterval(ports: UInt16(rest)...ports.upperBound, word: 0))
        }
        return stretches
    }
}

extension ClosedRange<UInt16> {
    /// What is left of it; the others ascend.
    fileprivate func without(_ others: [ClosedRange<UInt16>]) -> [ClosedRange<UInt16>] {
        var left: [ClosedRange<UInt16>] = []
        var rest = Int(lowerBound)
        let first = others.firstPlace { $0.upperBound >= lowerBound }
        for other in others[first...] where rest <= Int(upperBound) {
            if Int(other.lowerBound) > Int(upperBound) { break }
            if rest < Int(other.lowerBound) { left.append(UInt16(rest)...other.lowerBound - 1) }
            rest = Swift.max(rest, Int(other.upperBound) + 1)
        }
        if rest <= Int(upperBound) { left.append(UInt16(rest)...upperBound) }
        return left
    }
}

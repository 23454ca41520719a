internal import CasaDiagnostics

/// The order that gives rules their numbers: the same for the same policy, however its files are cut.
///
/// Names are compared once each, to rank them; the rules are then sorted by numbers.
struct RuleOrder {
    /// The rules in canonical order.
    ///
    /// Two rules that decide the same flows the same way are one rule; the first written names it.
    let rules: [Rule]
    /// Every class that some rule speaks of, sorted.
    let peers: [PeerClass]
    /// Every workload that some rule is about, sorted.
    let subjects: [WorkloadID]
    /// For each rule, the places of its subject and its peer among these.
    let places: [Places]

    struct Places {
        let subject: Int
        let peer: Int
    }

    init(_ unordered: [Rule]) {
        let peers = Ranking(unordered.map(\.peer))
        let subjects = Ranking(unordered.map(\.subject))
        let files = FileRanking(unordered)
        var keys = unordered.indices.map { index in
            let rule = unordered[index]
            return Key(
                rule, index: index, subject: subjects[rule.subject], peer: peers[rule.peer],
                file: files[rule.origin])
        }
        keys.sort()
        var rules: [Rule] = []
        var places: [Places] = []
        rules.reserveCapacity(keys.count)
        places.reserveCapacity(keys.count)
        for (place, key) in keys.enumerated() where place == 0 || !key.decidesLike(keys[place - 1]) {
            rules.append(unordered[key.index])
            places.append(key.places)
        }
        self.rules = rules
        self.peers = peers.values
        self.subjects = subjects.values
        self.places = places
    }

    private struct Key: Comparable {
        /// Subject, direction, peer.
        private let flow: UInt64
        /// Transport, ports, effect.
        private let decision: UInt64
        private let file: Int
        private let offset: Int
        let index: Int

        init(_ rule: Rule, index: Int, subject: Int, peer: Int, file: Int) {
            precondition(max(subject, peer) <= Int(Int32.max), "a namespace has far fewer names")
            flow = UInt64(subject) << 33 | UInt64(rule.direction.number) << 32 | UInt64(peer)
            decision =
                UInt64(rule.transport.number) << 40 | UInt64(rule.ports.lowerBound) << 24
                | UInt64(rule.ports.upperBound) << 8 | UInt64(rule.effect.rawValue)
            self.file = file
            offset = rule.origin?.bytes.lowerBound ?? 0
            self.index = index
        }

        var places: Places { Places(subject: Int(flow >> 33), peer: Int(flow & 0xFFFF_FFFF)) }

        func decidesLike(_ other: Key) -> Bool { flow == other.flow && decision == other.decision }

        static func < (left: Key, right: Key) -> Bool {
            if left.flow != right.flow { return left.flow < right.flow }
            if left.decision != right.decision { return left.decision < right.decision }
            return (left.file, left.offset, left.index) < (right.file, right.offset, right.index)
        }
    }
}

/// The places of values in their order.
private struct Ranking<Value: Hashable & Comparable> {
    /// Sorted, each once.
    let values: [Value]
    private let ranks: [Value: Int]

    init(_ all: [Value]) {
        values = Set(all).sorted()
        ranks = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
    }

    subscript(value: Value) -> Int {
        guard let rank = ranks[value] else { preconditionFailure("every value was ranked") }
        return rank
    }
}

/// Ranks files by their names in artifacts; no file has the empty name.
private struct FileRanking {
    private var ranks: [ObjectIdentifier: Int] = [:]

    init(_ rules: [Rule]) {
        var files: [ObjectIdentifier: SourceFile] = [:]
        for case let origin? in rules.lazy.map(\.origin) {
            files[ObjectIdentifier(origin.file)] = origin.file
        }
        let names = Ranking([""] + files.values.map(\.artifactName))
        ranks = files.mapValues { names[$0.artifactName] }
    }

    subscript(origin: SourceRange?) -> Int {
        origin.flatMap { ranks[ObjectIdentifier($0.file)] } ?? 0
    }
}

internal import CasaPolicyIR

/// What the policy answers to the questions of one flow: to all that differ in the port only.
struct FlowDecisions: Hashable, Sendable {
    let flow: Flow
    /// Ascending and disjoint; no word is zero, and what is not listed is answered with 0.
    let intervals: [PortInterval]

    func word(at port: UInt16) -> UInt32 {
        let place = intervals.firstPlace { port <= $0.ports.upperBound }
        return place < intervals.count && intervals[place].ports.contains(port) ? intervals[place].word : 0
    }
}

/// Subject, class, direction and protocol of a question, as the keys of decision tables hold them
/// (`spec/bundle.md`); ordered by these.
struct Flow: Hashable, Sendable, Comparable {
    /// The key with port 0.
    let key: UInt64

    /// The bits of a key that are not about the port.
    static let mask: UInt64 = 0xFFFF_FFFF_FF00_0000

    init(subject: UInt16, classNumber: UInt16, direction: Direction, protocolNumber: UInt8) {
        key =
            UInt64(subject) << 48 | UInt64(classNumber) << 32 | UInt64(direction.number) << 31
            | UInt64(protocolNumber & 0x7F) << 24
    }

    /// The flow that a key of a table is about.
    init(ofKey key: UInt64) { self.key = key & Self.mask }

    var subject: UInt32 { UInt32(key >> 48) }
    var classNumber: UInt32 { UInt32(key >> 32 & 0xFFFF) }

    /// The question to the decision function with port 0: direction and protocol.
    var question: UInt32 {
        UInt32(truncatingIfNeeded: key >> 31 & 1) << 24 | UInt32(truncatingIfNeeded: key >> 24 & 0x7F) << 16
    }

    static func < (left: Flow, right: Flow) -> Bool { left.key < right.key }
}

extension ClassifiedPolicy {
    /// Every flow that some rule speaks of, in order.
    var flows: [FlowDecisions] {
        var strokes: [(flow: Flow, interval: PortInterval)] = []
        for (number, rule) in rules.enumerated() where rule.subject > 0 && rule.subject <= subjectCount {
            let word = rule.word(number: number)
            for classNumber in rule.classes {
                for (transport, ports) in rule.questions(about: classNumber) {
                    let flow = Flow(
                        subject: rule.subject, classNumber: classNumber, direction: rule.direction,
                        protocolNumber: transport.number)
                    strokes.append((flow, PortInterval(ports: ports, word: word)))
                }
            }
        }
        strokes.sort { ($0.flow.key, $0.interval.word) < ($1.flow.key, $1.interval.word) }
        var flows: [FlowDecisions] = []
        var start = 0
        for end in strokes.indices.map({ $0 + 1 })
        where end == strokes.count || strokes[end].flow != strokes[start].flow {
            let intervals = PortSweep.join(strokes[start..<end].lazy.map(\.interval))
            flows.append(FlowDecisions(flow: strokes[start].flow, intervals: intervals))
            start = end
        }
        return flows
    }
}

extension ClassifiedPolicy.Rule {
    /// The protocols and ports of the questions about a class that the rule matches.
    fileprivate func questions(about number: UInt16) -> [(Transport, ClosedRange<UInt16>)] {
        if number == 0 { return [] }
        if number == ClassifiedPolicy.loopback {
            return transport == .any && ports.contains(0) ? [(.any, 0...0)] : []
        }
        return switch transport {
        case .any: [(.tcp, ports), (.udp, ports)]
        case .tcp, .udp: [(transport, ports)]
        }
    }
}

internal import CasaBundle

/// Reads records in the light of the generation that wrote them.
///
/// The ring goes on over a replacement while rules and subjects get other numbers. Which generation judged is
/// told by time; while links are being switched it may be either, and then only what both agree on is said.
package struct EventTranslation: Sendable {
    private var current: EventLegend
    private var previous: EventLegend?
    /// Nanoseconds from 1970 to boot; it moves when the clock is set.
    package var bootedAt: UInt64

    package init(_ state: NamespaceState, bootedAt: UInt64) {
        current = EventLegend(state)
        self.bootedAt = bootedAt
    }

    package var generation: Int { current.state.generation }

    /// Takes note of what is loaded now, or being switched to.
    package mutating func follow(_ state: NamespaceState) {
        if state.generation == previous?.state.generation {
            // The switch was taken back.
            previous = nil
        } else if state.generation != current.state.generation {
            previous = current
        }
        current = EventLegend(state)
    }

    package func event(_ record: EventRecord) -> VerdictEvent {
        let now = current.event(record, bootedAt: bootedAt)
        if record.time > current.state.switchEnded { return now }
        guard let previous else {
            // Nothing was there before, or we did not see what.
            return current.state.generation == 1 ? now : Self.common(now, nil)
        }
        let before = previous.event(record, bootedAt: bootedAt)
        return record.time < current.state.switchBegan ? before : Self.common(now, before)
    }

    private static func common(_ one: VerdictEvent, _ other: VerdictEvent?) -> VerdictEvent {
        VerdictEvent(
            record: one.record, time: one.time, namespace: one.namespace,
            workload: one.workload == other?.workload ? one.workload : nil, pod: one.pod ?? other?.pod,
            rule: agree(one.rule, other?.rule) ? one.rule : nil, peerNames: one.peerNames,
            peerClass: one.peerClass == other?.peerClass ? one.peerClass : nil)
    }

    /// Places move from one version of a file to the next; what a rule says is what counts.
    private static func agree(_ one: RuleEntry?, _ other: RuleEntry?) -> Bool {
        guard let one, let other else { return false }
        return RuleText.flow(of: one) == RuleText.flow(of: other) && one.source == other.source
    }
}

internal import CasaPolicyIR
internal import Glibc

/// What the kernel did with an attempt, compared with what the evaluator said.
struct Verdict {
    /// For the table, such as `REFUSED by connect`.
    let text: String
    let isExpected: Bool

    init(_ pair: Pair, _ route: Pair.Route, _ outcome: Outcome, _ evidence: Evidence, callsAreJudged: Bool) {
        let refusal = Self.refusal(pair, route, evidence)
        var text = Self.text(outcome, pair, at: refusal?.place)
        switch pair.expectation {
        case .open:
            isExpected = outcome == .allowed
        case .allowed(let rulings):
            isExpected =
                outcome == .allowed
                && rulings.allSatisfy { ruling in
                    let seen = evidence.seen(pair, route, at: Self.openingPlace(pair, ruling))
                    return seen?.isAllowed ?? false && seen?.rule?.number == ruling.rule
                }
            if outcome == .allowed, !isExpected { text += ", not by the rule" }
        case .refused(let ruling):
            let (wanted, place) = Self.wanted(pair, ruling, callsAreJudged: callsAreJudged)
            isExpected = outcome == wanted && refusal?.place == place && refusal?.rule == ruling.rule
        }
        self.text = text
    }

    /// Where the kernel says that it refused, first things first, and by which rule.
    private static func refusal(
        _ pair: Pair, _ route: Pair.Route, _ evidence: Evidence
    ) -> (place: Evidence.Place, rule: Int?)? {
        for place in [Evidence.Place.call, .egress, .ingress] {
            if let seen = evidence.seen(pair, route, at: place), seen.isDenied {
                return (place, seen.rule?.number)
            }
        }
        return nil
    }

    /// Where an allowed flow is reported when it opens: unconnected datagrams at their first packet.
    private static func openingPlace(_ pair: Pair, _ ruling: Expectation.Ruling) -> Evidence.Place {
        switch ruling.direction {
        case .ingress: .ingress
        case .egress: pair.transport == .udp ? .egress : .call
        }
    }

    /// How a refusal has to show itself.
    private static func wanted(
        _ pair: Pair, _ ruling: Expectation.Ruling, callsAreJudged: Bool
    ) -> (Outcome, Evidence.Place) {
        switch ruling.direction {
        case .ingress: (.dropped, .ingress)
        case .egress where callsAreJudged: (.refused, .call)
        // The sender of a datagram hears of its packet; TCP keeps trying.
        case .egress: (pair.transport == .udp ? .refused : .dropped, .egress)
        }
    }

    private static func text(_ outcome: Outcome, _ pair: Pair, at place: Evidence.Place?) -> String {
        let end =
            switch place {
            case .call: " by \(Evidence.callName(pair))"
            case .egress: " at egress"
            case .ingress: " at ingress"
            case nil: ", no event"
            }
        switch outcome {
        case .allowed: return "ALLOWED"
        case .refused: return "REFUSED" + end
        case .dropped: return "DROPPED" + end
        case .failed(let errno): return "FAILED: \(String(cString: strerror(errno)).lowercased())"
        }
    }
}

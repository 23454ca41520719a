internal import CasaBundle
internal import CasaNode
internal import CasaPolicyIR

/// The status of a namespace in words.
struct StatusText {
    private let status: NamespaceStatus

    init(_ status: NamespaceStatus) {
        self.status = status
    }

    var text: String {
        var lines = ["namespace \(status.namespace): \(summary)"]
        if status.isSwitching { lines.append("  a loader is switching, or was killed while it did") }
        guard let state = status.state else {
            lines.append("  pins are left, and nobody wrote down what they are")
            return finished(lines)
        }
        lines.append("  bundle \(state.bundle), generation \(state.generation)")
        if let loadedAt = status.loadedAt { lines.append("  loaded at \(loadedAt)") }
        lines.append("  \(EvidenceText.proof(state.manifest))")
        lines.append("  \(EvidenceText.attestation(state.attestation))")
        if state.kernelOnly { lines.append("  kernel only: \(unserved(state))") }
        lines += status.cgroups.flatMap(self.lines)
        lines += counters(state)
        lines += status.strayLinks.map { "  stray link \($0)" }
        return finished(lines)
    }

    private var summary: String {
        guard status.isComplete else { return "NOT as loaded" }
        return status.cgroups.isEmpty ? "loaded, and no cgroup of it is on this node" : "enforced"
    }

    private func lines(of cgroup: NamespaceStatus.CgroupStatus) -> [String] {
        let attached = cgroup.hooks.count { if case .attached = $0.condition { true } else { false } }
        let empty = cgroup.isPopulated == false ? ", no process in it" : ""
        let head =
            "  \(cgroup.entry.workload) at \(cgroup.entry.path): \(attached) of \(cgroup.hooks.count) hooks\(empty)"
        let problems = cgroup.hooks.compactMap { hook -> String? in
            switch hook.condition {
            case .attached: nil
            case .missing: "    \(hook.hook): no link, nothing is judged here"
            case .cgroupGone: "    \(hook.hook): the cgroup is gone"
            case .drifted(let how): "    \(hook.hook): \(how)"
            }
        }
        return [head] + problems
    }

    private func counters(_ state: NamespaceState) -> [String] {
        var lines: [String] = []
        for (rule, count) in zip(state.manifest.rules, status.rules) where count.packets > 0 {
            let place = rule.origin.map { " (\($0.description))" } ?? ""
            lines.append(
                "  \(count.packets) packets by rule \(rule.number): \(rule.direction) \(rule.peer)\(place)")
        }
        for refusal in status.refusals where refusal.count.packets > 0 {
            lines.append(
                "  \(refusal.count.packets) refused: \(EventRendering.sentence(for: refusal.refusal))")
        }
        if let losses = status.losses, losses > 0 {
            lines.append("  \(losses) events lost: the ring was full")
        }
        return lines
    }

    private func unserved(_ state: NamespaceState) -> String {
        state.unserved.map { "\($0.rules.count) rules need \($0.point), which nobody serves" }
            .joined(separator: "; ")
    }

    private func finished(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}

import CasaNode
import CasaPolicyIR

/// What a run of a hook leaves behind.
struct HookAnswer: Equatable {
    let passes: Bool
    /// The counter that went up by one packet; calls that pass have none.
    let counter: Int?
    /// The record of the ring buffer, without what differs from run to run.
    let event: [UInt8]?

    /// A record without its time and its cgroup.
    static func comparable(_ record: [UInt8]) -> [UInt8] {
        var record = record
        for range in [0..<8, 48..<56] where range.upperBound <= record.count {
            for index in range { record[index] = 0 }
        }
        return record
    }

    static func describe(_ record: [UInt8]?) -> String {
        guard let record else { return "no event" }
        guard let event = try? EventRecord(record) else { return "an unreadable event \(record)" }
        let rule = event.rule.map { "rule \($0)" } ?? "no rule"
        let effect = event.effect.map { "\($0)" } ?? "default"
        return "event \(event.hook.name), \(rule), \(effect), \(event.refusal), class \(event.classNumber), "
            + "ports \(event.localPort) and \(event.remotePort), peer \(event.peer.map(\.description) ?? "none"), "
            + "protocol \(event.protocolNumber), \(event.length) bytes"
    }
}

extension HookAnswer: CustomStringConvertible {
    var description: String {
        let counted = counter.map { $0 < 16 ? "reason \($0)" : "rule \($0 - 16)" } ?? "nothing"
        return "\(passes ? "passes" : "is refused"), counted under \(counted), \(Self.describe(event))"
    }
}

internal import CasaNode
internal import CasaPolicyIR

/// What a run of a hook leaves behind.
package struct HookAnswer: Equatable {
    package let passes: Bool
    /// The counter that went up by one packet; calls that pass have none.
    package let counter: Int?
    /// The record of the ring buffer, without what differs from run to run.
    package let event: [UInt8]?

    /// The time and the cgroup of a record.
    private static let passing = [0..<8, 48..<56]

    /// A record without its time and its cgroup.
    package static func comparable(_ record: [UInt8]) -> [UInt8] {
        var record = record
        for range in passing where range.upperBound <= record.count {
            for index in range { record[index] = 0 }
        }
        return record
    }

    /// Whether two records differ in nothing but time and cgroup.
    package static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                // Each fills a word.
                let words = left.count / 8
                let isEqual = (0..<words).allSatisfy { word in
                    passing.contains { $0.lowerBound == word * 8 }
                        || left.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
                            == right.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
                }
                return isEqual && left[(words * 8)...].elementsEqual(right[(words * 8)...])
            }
        }
    }

    package static func describe(_ record: [UInt8]?) -> String {
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
    package var description: String {
        let counted = counter.map { $0 < 16 ? "reason \($0)" : "rule \($0 - 16)" } ?? "nothing"
        return "\(passes ? "passes" : "is refused"), counted under \(counted), \(Self.describe(event))"
    }
}

/// What the verifier said before it refused a program, cut to what helps.
package struct VerifierLog: Hashable, Sendable {
    /// The instruction that it was at; `nil` where it never came to one.
    package let instruction: Int?
    /// Its last words: why it refused.
    package let reason: String
    /// The last useful lines, in order.
    package let tail: [String]
    /// How many lines stood before them.
    package let omitted: Int

    package init(_ text: String, keeping limit: Int = 12) {
        let lines = text.split(separator: "\n").map { Self.clean($0) }.filter {
            !$0.isEmpty && !Self.isStatistics($0)
        }
        tail = Array(lines.suffix(limit))
        omitted = lines.count - tail.count
        instruction = lines.reversed().lazy.compactMap(Self.instruction).first
        reason = lines.last ?? "no reason given"
    }

    private static func clean(_ line: Substring) -> String {
        let visible = line.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? " " : Character(scalar)
        }
        return String(String(visible).drop { $0 == " " }).trimmingEnd()
    }

    /// The lines with which every log ends.
    private static func isStatistics(_ line: String) -> Bool {
        ["processed ", "verification time ", "stack depth ", "peak_states "].contains { line.hasPrefix($0) }
    }

    /// `12: (85) call bpf_map_lookup_elem#1` is instruction 12.
    private static func instruction(_ line: String) -> Int? {
        guard let colon = line.firstIndex(of: ":"), line[colon...].hasPrefix(": (") else { return nil }
        return Int(line[..<colon])
    }
}

extension String {
    fileprivate func trimmingEnd() -> String {
        var result = self
        while result.last == " " { result.removeLast() }
        return result
    }
}

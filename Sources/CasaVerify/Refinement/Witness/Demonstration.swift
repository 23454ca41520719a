/// A counterexample as people are shown it: replayed, in words, with the packet where there is one.
package struct Demonstration: Hashable, Sendable {
    /// One thing that is said, as in `policy: denied by default`.
    package struct Line: Hashable, Sendable {
        package let title: String
        package let text: String
        /// Shown below it, as it stands.
        package let excerpt: [String]

        init(_ title: String, _ text: String, excerpt: [String] = []) {
            self.title = title
            self.text = text
            self.excerpt = excerpt
        }
    }

    /// One sentence without a full stop.
    package let summary: String
    package let lines: [Line]
    /// The packet that shows it, with the program that is given it.
    package let packet: WitnessPacket?
    /// The rule that the policy decides by.
    package let rule: Int?

    /// The capture file for tcpdump and Wireshark.
    package var capture: PacketCapture? { packet.map { PacketCapture([$0.bytes]) } }

    /// Everything but the summary, one thing a paragraph, in columns.
    package var text: String {
        let width = lines.map(\.title.count).max() ?? 0
        let margin = String(repeating: " ", count: width + 2)
        var text: [String] = []
        for line in lines {
            let title = line.title + ":" + String(repeating: " ", count: width - line.title.count + 1)
            text.append(title + line.text)
            text += line.excerpt.map { margin + $0 }
        }
        return text.joined(separator: "\n")
    }
}

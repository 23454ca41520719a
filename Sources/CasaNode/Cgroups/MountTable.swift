/// The mounts that a process sees, as `/proc/self/mounts` writes them.
package struct MountTable: Hashable, Sendable {
    package struct Mount: Hashable, Sendable {
        package let path: String
        package let type: String
        package let options: [String]
    }

    package let mounts: [Mount]

    package init(_ text: String) {
        mounts = text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count >= 4 else { return nil }
            return Mount(
                path: Self.unescape(fields[1]), type: String(fields[2]),
                options: fields[3].split(separator: ",").map(String.init))
        }
    }

    /// Where relative cgroup paths begin.
    package var cgroup2: String? { mounts.first { $0.type == "cgroup2" }?.path }

    /// The place of a v1 controller's hierarchy.
    package func version1(_ controller: String) -> String? {
        mounts.first { $0.type == "cgroup" && $0.options.contains(controller) }?.path
    }

    /// Blanks and backslashes are written as three octal digits.
    private static func unescape(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

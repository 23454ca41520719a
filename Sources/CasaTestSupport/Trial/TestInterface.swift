internal import Foundation

/// A network interface for packets that are made up.
package enum TestInterface {
    private struct Missing: Error {}

    /// The number of an interface that is not `lo`, made where there is none.
    package static func number() throws -> UInt32 {
        if let number = existing() { return number }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "PATH=$PATH:/usr/sbin:/sbin; ip link add casa-packets type veth"]
        try process.run()
        process.waitUntilExit()
        guard let number = existing() else { throw Missing() }
        return number
    }

    private static func existing() -> UInt32? {
        let directory = "/sys/class/net"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.compactMap { name in
            let text = try? String(contentsOfFile: "\(directory)/\(name)/ifindex", encoding: .utf8)
            return text.flatMap { UInt32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }.filter { $0 > 1 }.min()
    }
}

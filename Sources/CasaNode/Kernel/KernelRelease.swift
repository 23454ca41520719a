internal import FoundationEssentials

/// The release of the running kernel, as far as it decides anything: `6.18.44-cloud` is 6.18.
package struct KernelRelease: Hashable, Sendable, Comparable {
    package let major: Int
    package let minor: Int
    package let text: String

    package init(_ text: String) {
        let numbers = text.split(whereSeparator: { !("0"..."9").contains($0) }).prefix(2).map { Int($0) ?? 0 }
        major = numbers.first ?? 0
        minor = numbers.count > 1 ? numbers[1] : 0
        self.text = text
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    /// Of the running kernel.
    static var current: KernelRelease {
        KernelRelease(
            TextFile.read("/proc/sys/kernel/osrelease")?.split(separator: "\n").first.map(String.init)
                ?? "0.0")
    }

    static let limitFreeMemory = KernelRelease("5.11")
    static let independentSocketCgroups = KernelRelease("5.15")
}

package import CasaPolicyIR

/// The decisions of a namespace by number: for every flow that can be asked about, disjoint intervals of
/// ports.
///
/// The last form that code and tables have in common; what it does not list is denied by default.
package struct FlatDecisions: Hashable, Sendable {
    /// Who, which way, with whom, over what: everything of a question but the port.
    ///
    /// Ordered by subject, class, direction, protocol. The number is the key of the decision table with port
    /// 0.
    package struct Flow: RawRepresentable, Hashable, Sendable, Comparable {
        package let rawValue: UInt64

        package init(rawValue: UInt64) { self.rawValue = rawValue }

        package init(subject: Int, classNumber: UInt16, direction: Direction, transport: Transport) {
            rawValue =
                UInt64(subject) << 48 | UInt64(classNumber) << 32 | UInt64(direction.number) << 31
                | UInt64(transport.number) << 24
        }

        package var subject: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 48) }
        package var classNumber: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 32) }

        /// The question to the kernel's decision function with port 0: direction, protocol.
        package var question: UInt32 {
            UInt32(truncatingIfNeeded: rawValue >> 31 & 1) << 24 | UInt32(
                truncatingIfNeeded: rawValue >> 24 & 0x7F) << 16
        }

        package static func < (left: Flow, right: Flow) -> Bool { left.rawValue < right.rawValue }
    }

    package struct Interval: Hashable, Sendable {
        package let ports: ClosedRange<UInt16>
        package let word: UInt32
    }

    package struct Entry: Hashable, Sendable {
        package let flow: Flow
        /// Ascending and disjoint; neighbours that touch differ; no word is zero.
        package let intervals: [Interval]
    }

    /// By flow.
    package let entries: [Entry]

    package var intervalCount: Int { entries.reduce(0) { $0 + $1.intervals.count } }
}

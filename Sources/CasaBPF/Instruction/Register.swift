/// One of the eleven registers of the machine.
package enum Register: UInt8, CaseIterable, Hashable, Sendable {
    /// The result of a call, and of the program.
    case r0
    /// The first argument of a call; at entry, the context.
    case r1
    case r2, r3, r4, r5
    /// The first register that a call preserves.
    case r6
    case r7, r8, r9
    /// The frame pointer: one past the end of the frame's stack, never written.
    case r10
}

extension Register: Comparable {
    package static func < (left: Register, right: Register) -> Bool {
        left.rawValue < right.rawValue
    }
}

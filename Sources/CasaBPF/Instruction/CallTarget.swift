/// What a call reaches (RFC 9669, section 4.3).
package enum CallTarget: Hashable, Sendable {
    /// A kernel helper, by number; see ``KernelHelper``.
    case helper(Int32)
    /// A function of the program, counted in slots from the next instruction.
    case function(Int32)
    /// What a register names. Not in RFC 9669: the decoder takes it only when asked to.
    case register(Register)
}

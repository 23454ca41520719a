/// An atomic read-modify-write of memory (RFC 9669, section 5.3).
package enum AtomicOperation: CaseIterable, Hashable, Sendable {
    case add
    case or
    case and
    case exclusiveOr
    case fetchAdd
    case fetchOr
    case fetchAnd
    case fetchExclusiveOr
    case exchange
    /// Compares with `r0`, which receives the old value.
    case compareExchange
}

/// What a solver says to "does this always hold?".
///
/// There are three values, because "cannot tell" is not a pass.
package enum Answer<Witness: Sendable>: Sendable {
    case proved
    /// It does not, as this shows.
    case refuted(Witness)
    case undecided(Undecided)

    package func map<Other: Sendable, Failure: Error>(
        _ transform: (Witness) throws(Failure) -> Other
    ) throws(Failure) -> Answer<Other> {
        switch self {
        case .proved: .proved
        case .refuted(let witness): .refuted(try transform(witness))
        case .undecided(let reason): .undecided(reason)
        }
    }
}

extension Answer: Equatable where Witness: Equatable {}
extension Answer: Hashable where Witness: Hashable {}

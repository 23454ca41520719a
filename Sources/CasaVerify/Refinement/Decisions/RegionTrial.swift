internal import CasaPolicyIR

/// Asks a region function and the policy about the same address, and compares.
struct RegionTrial {
    let run: DecisionRun
    let reference: RegionReference

    /// What they say, if they disagree; of an IPv4 address the low 32 bits count.
    func counterexample(_ arguments: [UInt64]) throws(ProofError) -> Counterexample? {
        let (address, point) = reference.family.asked(arguments)
        let expected = reference.function.value(at: point)
        let answer = try run.answer(arguments)
        guard answer != UInt64(expected) else { return nil }
        let found = UInt32(truncatingIfNeeded: answer)
        if found == expected { throw .rejected("a region function answers with more than 32 bits") }
        return .region(RegionCounterexample(address: address, found: found, expected: expected))
    }

    /// The first end of a region where code and policy disagree.
    func atCorners() throws(ProofError) -> Counterexample? {
        var counterexample: Counterexample?
        try reference.function.forEachCorner(widths: reference.family.widths) { point throws(ProofError) in
            counterexample = try self.counterexample(point)
            return counterexample == nil
        }
        return counterexample
    }
}

extension RegionReference.Family {
    /// The address that a function's arguments stand for, and the same as coordinates.
    fileprivate func asked(_ arguments: [UInt64]) -> (address: IPAddress, point: [UInt64]) {
        switch self {
        case .v4:
            let address = UInt32(truncatingIfNeeded: arguments[0])
            return (.v4(address), [UInt64(address)])
        case .v6: return (.v6(high: arguments[0], low: arguments[1]), arguments)
        }
    }
}

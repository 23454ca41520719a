package import CasaBPF
internal import CasaPolicyIR
package import CasaSMT

/// Whether the region functions give every address the class of its region: the obligations `region4`,
/// `region6` and, for the word that tells which of them know any, `regions`.
package struct RegionProof {
    private let v4: RegionReference
    private let v6: RegionReference
    private let limits: SolverLimits
    private let onQuestion: ((SMTLIBScript) -> Void)?

    /// Works out where the regions lie, once for any number of objects.
    package init(
        of policy: ClassifiedPolicy, limits: SolverLimits = SolverLimits(),
        onQuestion: ((SMTLIBScript) -> Void)? = nil
    ) {
        v4 = RegionReference(.v4, of: policy)
        v6 = RegionReference(.v6, of: policy)
        self.limits = limits
        self.onQuestion = onQuestion
    }

    package func run(_ object: BPFObject) throws(ProofError) -> [ObligationResult] {
        let solver = try Inquiry.makeSolver(limits)
        return [
            try prove("region4", "casa_region4", v4, of: object, solver),
            try prove("region6", "casa_region6", v6, of: object, solver),
            try RegionFlags(v4: v4, v6: v6).prove(object, Inquiry(solver, onQuestion: nil)),
        ]
    }

    private func prove(
        _ name: String, _ symbol: String, _ reference: RegionReference, of object: BPFObject, _ solver: Solver
    ) throws(ProofError) -> ObligationResult {
        let function = try DecisionFunction(named: symbol, of: object)
        try function.requireReferences(among: [])
        let inquiry = Inquiry(solver, onQuestion: onQuestion)
        let trial = RegionTrial(run: DecisionRun(function), reference: reference)
        if let counterexample = try trial.atCorners() {
            return inquiry.result(name, .refuted(counterexample))
        }
        let coordinates = reference.family.coordinates(in: inquiry.arena)
        let call = SymbolicCall(
            function, reference.family.arguments(coordinates),
            subject: inquiry.arena.constant(0, width: 32), inquiry)
        let proof = LeafProof(
            inquiry: inquiry, reference: reference.function, coordinates: coordinates
        ) { model throws(ProofError) in
            try trial.counterexample(call.concrete(model).arguments)
        }
        return inquiry.result(name, try proof.run(try call.paths()))
    }
}

extension RegionReference.Family {
    /// The widths of what the function of this family is asked with.
    var widths: [Int] {
        switch self {
        case .v4: [32]
        case .v6: [64, 64]
        }
    }

    fileprivate func coordinates(in arena: TermArena) -> [BitVector] {
        switch self {
        case .v4: [arena.variable("address", width: 32)]
        case .v6: ["high", "low"].map { arena.variable($0, width: 64) }
        }
    }

    /// Of an IPv4 address the low half of its register counts; the upper one is anything.
    fileprivate func arguments(_ coordinates: [BitVector]) -> [BitVector] {
        switch self {
        case .v4:
            coordinates.map { $0.arena.variable("address upper", width: 32).concatenated(withLow: $0) }
        case .v6: coordinates
        }
    }
}

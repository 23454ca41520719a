package import CasaBPF
internal import CasaPolicyIR
package import CasaSMT

/// Whether `casa_verdict` answers every question of every subject as the policy does: the obligation
/// `verdict`.
///
/// A function that looks into the decision table is one of probes, any other a tree; the code says which.
package struct VerdictProof {
    private let policy: ClassifiedPolicy
    private let flows: [FlowDecisions]
    private let reference: Piecewise
    private let limits: SolverLimits
    private let onQuestion: ((SMTLIBScript) -> Void)?

    /// Works out what the policy says, once for any number of objects.
    ///
    /// `onQuestion` sees each question as it is asked.
    package init(
        of policy: ClassifiedPolicy, limits: SolverLimits = SolverLimits(),
        onQuestion: ((SMTLIBScript) -> Void)? = nil
    ) {
        self.policy = policy
        flows = policy.flows
        reference = ClassifiedPolicy.verdict(flows)
        self.limits = limits
        self.onQuestion = onQuestion
    }

    package func run(_ object: BPFObject) throws(ProofError) -> ObligationResult {
        let function = try DecisionFunction(named: "casa_verdict", of: object)
        try function.requireReferences(among: [DecisionFunction.subjectMap, DecisionFunction.tableMap])
        let inquiry = Inquiry(try Inquiry.makeSolver(limits), onQuestion: onQuestion)
        let trial = VerdictTrial(run: DecisionRun(function), policy: policy)
        let answer =
            function.referenced.contains(DecisionFunction.tableMap)
            ? try proveTable(function, trial, inquiry) : try proveTree(function, trial, inquiry)
        return inquiry.result("verdict", answer)
    }

    private func proveTable(
        _ function: DecisionFunction, _ trial: VerdictTrial, _ inquiry: Inquiry
    ) throws(ProofError) -> Answer<Counterexample> {
        do {
            return try TableProof(inquiry: inquiry, function: function, trial: trial, flows: flows).run()
        } catch .rejected(let reason) {
            // What is not understood may be wrong all the same, and a case says more than a refusal.
            if let counterexample = try trial.atCorners(of: reference) { return .refuted(counterexample) }
            throw .rejected(reason)
        }
    }

    private func proveTree(
        _ function: DecisionFunction, _ trial: VerdictTrial, _ inquiry: Inquiry
    ) throws(ProofError) -> Answer<Counterexample> {
        // A bound that is off by one need not trouble the solver.
        if let counterexample = try trial.atCorners(of: reference) { return .refuted(counterexample) }
        let arena = inquiry.arena
        let coordinates = VerdictCoordinate.allCases.map { arena.variable("\($0)", width: 32) }
        // Of arguments the low halves count; the upper ones are anything.
        let arguments = [VerdictCoordinate.classNumber, .question].map { coordinate in
            arena.variable("\(coordinate) upper", width: 32)
                .concatenated(withLow: coordinates[coordinate.rawValue])
        }
        let call = SymbolicCall(
            function, arguments, subject: coordinates[VerdictCoordinate.subject.rawValue], inquiry)
        let proof = LeafProof(inquiry: inquiry, reference: reference, coordinates: coordinates) {
            model throws(ProofError) in
            let (subject, arguments) = call.concrete(model)
            return try trial.counterexample(
                subject: subject, classNumber: arguments[0], question: arguments[1])
        }
        return try proof.run(try call.paths())
    }
}

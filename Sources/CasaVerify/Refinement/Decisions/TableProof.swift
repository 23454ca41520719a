internal import CasaBPF
internal import CasaSMT

/// Whether a function that probes a table answers as the policy does.
///
/// The hash is never reasoned about. A run over a table of unknown content shows that only the key of a
/// question, or of the piece its port lies in, is ever an answer; the bytes of the table show which keys
/// there are, wherever they lie; and the interpreter says what the function makes of each.
struct TableProof {
    let inquiry: Inquiry
    let function: DecisionFunction
    let trial: VerdictTrial
    let flows: [FlowDecisions]

    func run() throws(ProofError) -> Answer<Counterexample> {
        let question = TableQuestion(in: inquiry.arena)
        let call = SymbolicCall(function, question.arguments, subject: question.subject, inquiry)
        let probes = try call.probes()
        let loads = TableLoads(call.world.functions.applications, of: question)
        let leaves = try TableLeaves(probes, loads, question, in: inquiry.arena)
        let content = function.dataMaps.first { $0.name == DecisionFunction.tableMap }?.bytes ?? []
        let keys = TableKeys(of: content, stride: loads.isAligned ? 8 : 1)
        switch try TableAnswers(trial, leaves).compare(keys, flows) {
        case .counterexample(let counterexample): return .refuted(counterexample)
        case .none: return try prove(leaves.claims, keys, call)
        case .unexplained:
            let answer = try prove(leaves.claims, keys, call)
            precondition(
                answer != .proved, "CASA9001: a decision is not what its key says; please report it")
            return answer
        }
    }

    private func prove(
        _ claims: [TableLeaves.Claim], _ keys: TableKeys, _ call: SymbolicCall
    ) throws(ProofError) -> Answer<Counterexample> {
        var undecided: Undecided?
        for start in stride(from: 0, to: claims.count, by: LeafProof.chunk) {
            let chunk = claims[start..<min(start + LeafProof.chunk, claims.count)]
            let statements = chunk.map { $0.premise.implies($0.conclusion) }
            switch try inquiry.prove(inquiry.arena.conjunction(of: statements)) {
            case .proved: continue
            case .undecided(let reason): undecided = undecided ?? reason
            case .refuted(let model):
                if let counterexample = try replay(model, call) { return .refuted(counterexample) }
                for (claim, statement) in zip(chunk, statements) where !model.holds(statement) {
                    if let counterexample = try collision(claim, keys, call) {
                        return .refuted(counterexample)
                    }
                }
                // What the table really holds may save it, but nobody can tell.
                throw .rejected("`casa_verdict` may take another question's key for its own")
            }
        }
        return undecided.map(Answer.undecided) ?? .proved
    }

    private func replay(_ model: Model, _ call: SymbolicCall) throws(ProofError) -> Counterexample? {
        let (subject, arguments) = call.concrete(model)
        return try trial.counterexample(
            subject: subject, classNumber: arguments[0], question: arguments[1])
    }

    /// How many keys a collision is looked for among.
    private static let sample = 64

    /// A question that finds a key of the table which is not its own.
    private func collision(
        _ claim: TableLeaves.Claim, _ keys: TableKeys, _ call: SymbolicCall
    ) throws(ProofError) -> Counterexample? {
        guard let asked = claim.key else { return nil }
        let sample = keys.numbers.prefix(Self.sample).map { asked.equals(asked.constant($0)) }
        let terms = [claim.premise, !claim.conclusion, inquiry.arena.disjunction(of: sample)]
        guard case .satisfiable(let model) = try inquiry.check(terms) else { return nil }
        return try replay(model, call)
    }
}

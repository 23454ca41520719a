package import CasaBPF
package import CasaSMT
internal import Dispatch
internal import Synchronization

/// Whether the programs of an object return what a packet, call or socket means, whatever the policy says.
///
/// The policy's functions stand outside: of them only that equal arguments have equal results is known, and they are
/// proved by themselves. So the answer depends on the template alone. Obligations are `option`, `options`, `extension`,
/// `extensions` for the functions that read headers, and `hook NAME` for each program.
package struct HookProof {
    private let limits: SolverLimits
    private let onQuestion: ((SMTLIBScript) -> Void)?

    package init(limits: SolverLimits = SolverLimits(), onQuestion: ((SMTLIBScript) -> Void)? = nil) {
        self.limits = limits
        self.onQuestion = onQuestion
    }

    /// Proves the obligations that are `wanted`, all of them by default.
    package func run(
        _ object: BPFObject, wanted: (String) -> Bool = { _ in true }
    ) throws(ProofError) -> [ObligationResult] {
        let claims = Self.claims(of: object)
        let places = claims.indices.filter { wanted(claims[$0].name) }
        guard onQuestion == nil, places.count > 1 else {
            var results: [ObligationResult] = []
            for place in places { results.append(try prove(claims[place], of: object)) }
            return results
        }
        return try proveAtOnce(places, of: object)
    }

    /// Each obligation on a thread of its own; they share nothing, so each answer is the same as one by one.
    private func proveAtOnce(_ places: [Int], of object: BPFObject) throws(ProofError) -> [ObligationResult] {
        let outcomes = Mutex([Int: Result<ObligationResult, ProofError>]())
        let limits = limits
        DispatchQueue.concurrentPerform(iterations: places.count) { index in
            // Programs take longest and stand last.
            let place = places[places.count - 1 - index]
            let outcome = Result { () throws(ProofError) in
                try HookProof(limits: limits).prove(Self.claims(of: object)[place], of: object)
            }
            outcomes.withLock { $0[place] = outcome }
        }
        let all = outcomes.withLock { $0 }
        var results: [ObligationResult] = []
        for place in places {
            guard let outcome = all[place] else { preconditionFailure("every obligation has an outcome") }
            results.append(try outcome.get())
        }
        return results
    }

    /// How many obligations an object's template has.
    static func obligationCount(_ object: BPFObject) -> Int { claims(of: object).count }

    private static func claims(of object: BPFObject) -> [HookClaim] {
        object.functions.compactMap(HookClaim.function) + object.programs.map(HookClaim.init)
    }

    /// What one question of a template as it should be does not nearly cost.
    private static let easySteps: UInt32 = 8_000_000

    private func prove(_ claim: HookClaim, of object: BPFObject) throws(ProofError) -> ObligationResult {
        var easy = limits
        easy.resources = min(limits.resources, Self.easySteps)
        let solver = try Inquiry.makeSolver(easy)
        let whole = Inquiry(solver, onQuestion: onQuestion)
        var answer = try coverage(of: claim.cases, whole)
        for part in claim.cases {
            guard case .proved = answer else { break }
            answer = try prove(claim, part, of: object, Inquiry(solver, onQuestion: onQuestion))
        }
        return whole.result(claim.name, answer)
    }

    /// That there is no packet or call outside of all cases.
    private func coverage(
        of cases: [HookCase], _ inquiry: Inquiry
    ) throws(ProofError) -> Answer<Counterexample> {
        let world = SymbolicWorld(arena: inquiry.arena, helpers: HookHelpers(), solver: nil)
        let none = inquiry.arena.boolean(true)
        let isCovered = cases.map { $0.premises(world).reduce(none) { $0 && $1 } }
            .reduce(inquiry.arena.boolean(false)) { $0 || $1 }
        switch try inquiry.prove(isCovered) {
        case .proved: return .proved
        case .undecided(let reason): return .undecided(reason)
        case .refuted: preconditionFailure("CASA9001: the cases of a proof leave something out")
        }
    }

    private func prove(
        _ claim: HookClaim, _ part: HookCase, of object: BPFObject, _ inquiry: Inquiry
    ) throws(ProofError) -> Answer<Counterexample> {
        let hook = HookWorld(for: object, kind: claim.kind, arena: inquiry.arena, solver: inquiry.solver)
        let world = hook.world
        part.prepare(world)
        let program = try hook.program(of: claim.body, in: object)
        let premises = part.premises(world)
        let found: BitVector
        do throws(ProofError) {
            found = try explore(program, claim, hook, premises).truncated(to: 32)
        } catch {
            // A way that the solver did not exclude is no fault of the object.
            guard case .rejected = error, let reason = world.undecided else { throw error }
            return .undecided(reason)
        }
        let inCode = world.functions.applications.count
        let expected = claim.expected(part, in: world)
        let holds = found.equals(expected) && claim.promise(of: expected, in: world)
        // What code and meaning ask in other words is the same question all the same.
        let congruences = world.functions.congruences(from: inCode)
        let answer = try settle(
            holds, assuming: premises + claim.premises(in: world), congruences, world, inquiry)
        return answer.map { model in
            .hook(
                HookCounterexample(
                    program: claim.body.name, world: world, model: model, found: found, expected: expected))
        }
    }

    /// The answer to a claim, without models that give equal arguments different results.
    ///
    /// A hard question is tried out before the solver gets all that it may cost.
    private func settle(
        _ claim: Boolean, assuming premises: [Boolean], _ congruences: [Boolean], _ world: SymbolicWorld,
        _ inquiry: Inquiry
    ) throws(ProofError) -> Answer<Model> {
        var assumed = premises + congruences
        var inquiry = inquiry
        var isPatient = limits.resources <= Self.easySteps
        while true {
            switch try inquiry.prove(claim, assuming: assumed) {
            case .proved: return .proved
            case .refuted(let model):
                let broken = world.functions.congruences(brokenBy: model)
                if broken.isEmpty { return .refuted(model) }
                assumed += broken
            case .undecided(let reason):
                if isPatient { return .undecided(reason) }
                if let model = HookTrial(world: world, premises: premises, claim: claim).counterexample() {
                    return .refuted(model)
                }
                isPatient = true
                inquiry = inquiry.continued(by: try Inquiry.makeSolver(limits))
            }
        }
    }

    private func explore(
        _ program: Program, _ claim: HookClaim, _ hook: HookWorld, _ premises: [Boolean]
    ) throws(ProofError) -> BitVector {
        do {
            return try JoinedExploration(program, in: hook.world).outcome(
                arguments: claim.arguments(in: hook), memory: hook.memory, assuming: premises
            ).result
        } catch let fault as Fault {
            throw .rejected("`\(claim.body.name)`, instruction \(fault.slot): \(fault.trap)")
        } catch {
            throw .rejected("`\(claim.body.name)`: \(error)")
        }
    }
}

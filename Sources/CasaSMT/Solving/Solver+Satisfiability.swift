extension Solver {
    /// Whether all of these can hold at once, with what is assumed.
    ///
    /// A model has a value for every variable of the question and was checked by our own evaluator.
    package func check(_ terms: [Boolean]) throws(SolverError) -> Satisfiability {
        try check(terms, under: frames, isLarge: Cone(of: terms).count > Z3Strategy.sizeOfLarge)
    }

    func check(
        _ terms: [Boolean], under frames: [PremiseFrame], isLarge: Bool
    ) throws(SolverError) -> Satisfiability {
        counted.questions += 1
        let asked = frames.flatMap(\.premises) + terms
        guard let arena = asked.first?.arena else {
            counted.folded += 1
            return .satisfiable(Model())
        }
        let cone = Cone(of: asked)
        if let value = arena.conjunction(of: asked).constantValue {
            counted.folded += 1
            return value ? .satisfiable(cone.completion) : .unsatisfiable
        }
        do throws(SolverError) {
            let translation = translation(of: arena)
            try translation.translate(cone)
            switch try ask(terms, frames, cone, translation, isLarge: isLarge) {
            case .unsatisfiable: return .unsatisfiable
            case .undecided(let reason): return .undecided(reason)
            case .satisfiable(let found):
                let model = try cone.model(found, translation)
                cone.requireSatisfied(by: model)
                return .satisfiable(model)
            }
        } catch {
            session = nil
            throw error
        }
    }

    private func ask(
        _ terms: [Boolean], _ frames: [PremiseFrame], _ cone: Cone, _ translation: Z3Translation,
        isLarge: Bool
    ) throws(SolverError) -> Z3Outcome {
        if !isLarge, let outcome = try askIncremental(terms, frames, cone, translation) { return outcome }
        return try askThorough(cone, translation)
    }

    /// The incremental solver's outcome, unless it gave up before the limit of the question.
    private func askIncremental(
        _ terms: [Boolean], _ frames: [PremiseFrame], _ cone: Cone, _ translation: Z3Translation
    ) throws(SolverError) -> Z3Outcome? {
        let easy = Z3Strategy.resourcesOfEasy(cone)
        let session: IncrementalSession
        if let current = self.session {
            session = current
        } else {
            session = try IncrementalSession(Z3Budget(limits), in: context)
        }
        let outcome = try session.check(terms, frames, translation, resources: min(easy, limits.resources))
        switch outcome {
        case .satisfiable, .unsatisfiable:
            self.session = session
            return outcome
        case .undecided:
            self.session = nil
            return limits.resources <= easy ? outcome : nil
        }
    }

    private func askThorough(_ cone: Cone, _ translation: Z3Translation) throws(SolverError) -> Z3Outcome {
        counted.escalated += 1
        let solver = try Z3Solver(.thorough, Z3Budget(limits), in: context)
        for root in cone.roots { try solver.assert(translation.term(root, of: cone)) }
        return try solver.check()
    }
}

extension Cone {
    /// Every variable, as zero or false.
    fileprivate var completion: Model { Model(variables.map { Model.Entry($0, 0) }) }

    fileprivate func model(
        _ found: Z3Model, _ translation: Z3Translation
    ) throws(SolverError) -> Model {
        var entries: [Model.Entry] = []
        for (place, node) in nodes.enumerated() {
            guard case .variable(let number) = node else { continue }
            let value = try found.value(of: translation.term(place, of: self), sorts[place])
            entries.append(Model.Entry(variable(number), value))
        }
        return Model(entries)
    }
}

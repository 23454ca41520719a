internal import CasaBPF
internal import CasaSMT
internal import CasaVerify

/// Tries to prove a mutant, and says what became of it.
struct MutantTrial {
    enum Outcome: Hashable, Sendable {
        /// By a counterexample that was replayed.
        case refuted(String)
        /// Nothing that our compiler writes.
        case rejected(String)
        /// Proved, and nothing concrete tells it from the original.
        case equivalent
        case survived(String)
    }

    private let subject: MutationSubject
    private let proof: MutantProof
    private let crossCheck: CrossCheck

    init(_ subject: MutationSubject, seed: UInt64) {
        self.subject = subject
        crossCheck = CrossCheck(subject, seed: seed)
        proof = MutantProof(subject)
    }

    func run(_ mutation: Mutation) -> Outcome {
        let answer: Answer<Counterexample>
        do throws(ProofError) {
            answer = try proof.answer(mutation)
        } catch {
            switch error {
            case .rejected(let reason): return .rejected(reason)
            case .solver(let reason): return .survived("the solver failed: \(reason)")
            }
        }
        switch answer {
        case .refuted(let counterexample): return replay(counterexample, mutation)
        case .undecided(let reason): return .survived("undecided: \(reason)")
        case .proved:
            guard let difference = crossCheck.difference(mutation) else {
                return .equivalent
            }
            return .survived("proved, but \(difference)")
        }
    }

    private func replay(_ counterexample: Counterexample, _ mutation: Mutation) -> Outcome {
        if case .tableEntry(let entry) = counterexample {
            if case .addresses = mutation.place,
                let difference = AddressReplay(subject).difference(mutation)
            {
                return .refuted(difference)
            }
            // Bytes that no policy explains, to which nothing leads: there is nothing to replay.
            return .rejected("\(entry.table), slot \(entry.slot): \(entry.found), expected \(entry.expected)")
        }
        do throws(ReplayFailure) {
            let bytes =
                mutation.place.isOfObject ? mutation.applied(to: subject.image.bytes) : subject.image.bytes
            let shown = try Replay(of: bytes, legend: subject.legend).demonstrate(counterexample)
            return .refuted("\(shown.summary)\n\(shown.text)")
        } catch {
            return .survived("\(error) (\(counterexample))")
        }
    }
}

extension Mutation.Place {
    /// Whether it is in the object, not in what a node makes beside it.
    var isOfObject: Bool {
        switch self {
        case .function, .section: true
        case .addresses: false
        }
    }
}

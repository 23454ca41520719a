import CasaBPF
import CasaSMT
import CasaVerify
import Testing

/// The template that this compiler has, and objects that are not made as ours are.
@Suite("the proof of hooks")
struct HookProofTests {
    private static let obligations = [
        "option", "options", "extension", "extensions", "hook casa_connect4", "hook casa_connect6",
        "hook casa_egress", "hook casa_ingress", "hook casa_sendmsg4", "hook casa_sendmsg6",
        "hook casa_sock_create",
    ]

    @Test("proves the template's eleven obligations, with no question left")
    func template() throws {
        let results = try HookProof().run(BPFObject(Specimen.single().bytes))
        #expect(results.map(\.name).sorted() == Self.obligations.sorted())
        for result in results { #expect(result.answer == .proved, "\(result.name)") }
    }

    @Test(
        "refutes a program that refuses everything, or passes everything",
        arguments: ["casa_egress", "casa_ingress", "casa_sock_create"], [UInt8(0), 1])
    func vacuity(program: String, answer: UInt8) throws {
        let specimen = try Specimen.single()
        var bytes = specimen.bytes
        let place = try specimen.place(ofFunction: program)
        bytes.replaceSubrange(
            place.lowerBound..<place.lowerBound + 16,
            with: [0xB7, 0, 0, 0, answer, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0])
        let result = try ObjectProof(of: specimen.claimed).run(bytes) { $0 == "hook \(program)" }
        guard case .refuted(.hook(let counterexample)) = result.answer else {
            Issue.record("\(result.answer)")
            return
        }
        #expect(counterexample.program == program)
        #expect(counterexample.found == UInt64(answer) && counterexample.expected == 1 - UInt64(answer))
    }

    @Test(
        "rejects an object with a program, function or map that is none of ours, by its name",
        arguments: ["casa_egress", "casa_send", "casa_read_option", "casa_losses", "casa_verdict"])
    func foreign(name: String) throws {
        let specimen = try Specimen.single()
        let other = String(name.dropLast()) + "Q"
        let bytes = specimen.bytes.replacing(
            [0] + Array(name.utf8) + [0], with: [0] + Array(other.utf8) + [0])
        #expect(bytes != specimen.bytes)
        #expect {
            try ObjectProof(of: specimen.claimed).run(bytes)
        } throws: { error in
            guard case .rejected(let reason)? = error as? ProofError else { return false }
            return reason.contains(name) || reason.contains(other)
        }
    }

    @Test("is undecided with too few resources, and never proved")
    func resources() throws {
        let specimen = try Specimen.single()
        let result = try ObjectProof(of: specimen.claimed, limits: SolverLimits(resources: 1))
            .run(specimen.bytes)
        guard case .undecided = result.answer else {
            Issue.record("\(result.answer)")
            return
        }
        #expect(!result.obligations.contains { if case .refuted = $0.answer { true } else { false } })
    }

    @Test("asks questions that the solver's own reader finds unsatisfiable as they are written")
    func questions() throws {
        let specimen = try Specimen.single()
        var questions: [String] = []
        let proof = ObjectProof(of: specimen.claimed) { questions.append($0.text) }
        #expect(try proof.run(specimen.bytes).answer == .proved)
        #expect(questions.count >= 15)
        let solver = try Solver()
        for question in questions { #expect(try solver.check(script: question) == .unsatisfiable) }
    }
}

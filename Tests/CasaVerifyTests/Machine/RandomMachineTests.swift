import CasaBPF
import CasaTestSupport
import CasaVerify
import Testing

/// The symbolic machine's terms, held to the interpreter's numbers.
@Suite("random programs in the symbolic machine")
struct RandomMachineTests {
    @Test("one term for all ways is what the interpreter returns, and memory is what it leaves")
    func joined() throws {
        for seed in UInt64(1)...1_500 {
            let trial = try Self.trial(seed)
            let path: SymbolicPath
            do {
                path = try trial.joined()
            } catch {
                Issue.record("seed \(seed): \(error)\n\(Self.listing(trial))")
                return
            }
            for input in Self.inputs(seed) {
                guard try trial.value(of: path, on: input) != trial.interpreted(input) else { continue }
                Issue.record("seed \(seed), \(input)\n\(Self.listing(trial))")
                return
            }
        }
    }

    @Test("of all ways exactly one is taken, and it ends as the interpreter does")
    func paths() throws {
        var followed = 0
        var most = 0
        for seed in UInt64(1)...1_500 {
            let trial = try Self.trial(seed)
            let paths: [SymbolicPath]
            do {
                paths = try trial.paths(stepLimit: 20_000)
            } catch let fault as Fault where fault.trap == .budget {
                // Too many ways, as the page of the exploration says.
                continue
            } catch {
                Issue.record("seed \(seed): \(error)\n\(Self.listing(trial))")
                return
            }
            followed += 1
            most = max(most, paths.count)
            for input in Self.inputs(seed) {
                let found = try paths.compactMap { try trial.value(of: $0, on: input) }
                guard try found != [trial.interpreted(input)] else { continue }
                Issue.record(
                    "seed \(seed), \(input): \(found.count) of \(paths.count) ways\n\(Self.listing(trial))")
                return
            }
        }
        #expect(followed > 1_000, "most programs have few enough ways")
        #expect(most > 50, "some have many")
    }

    @Test("from premises the solver finds the value that the interpreter returns, and no other")
    func premises() throws {
        for seed in UInt64(1)...300 {
            var generator = RandomMachineProgram(seed: seed, helper: StandaloneRun.helper)
            var random = SeededGenerator(seed: ~seed)
            let memory = (0..<SymbolicTrial.byteCount).map { _ in random.byte() }
            let run = try StandaloneRun(generator.generate(), memory: memory)
            guard try run.determined() != .value(run.interpreted()) else { continue }
            Issue.record("seed \(seed), \(memory): \(try run.determined())")
            return
        }
    }

    @Test("the random programs execute every form that they can")
    func forms() throws {
        var missing = Set(EncodingTable.rows.map(\.operation))
        for seed in UInt64(1)...1_500 {
            var generator = RandomMachineProgram(seed: seed, helper: StandaloneRun.helper)
            let memory = [UInt8](repeating: UInt8(truncatingIfNeeded: seed), count: SymbolicTrial.byteCount)
            let run = try StandaloneRun(generator.generate(), memory: memory)
            missing.subtract(try run.executedForms())
        }
        let kinds = ImmediateKind.allCases.filter { $0 != .value }
        #expect(missing == Set([.jumpFar, .callRegister] + kinds.map { .loadImmediate64($0) }))
    }

    private static func trial(_ seed: UInt64) throws -> SymbolicTrial {
        var generator = RandomMachineProgram(seed: seed, helper: SymbolicTrial.helper)
        return try SymbolicTrial(generator.generate(), solver: nil)
    }

    /// Zeros, ones, and four that are random, of which two have mostly small numbers.
    private static func inputs(_ seed: UInt64) -> [SymbolicTrial.Input] {
        var random = SeededGenerator(seed: ~seed)
        var inputs = [UInt8(0), 255].map { byte in
            SymbolicTrial.Input(
                bytes: [UInt8](repeating: byte, count: SymbolicTrial.byteCount),
                word: byte == 0 ? 0 : .max)
        }
        for shift in [0, 0, 6, 6] {
            inputs.append(
                SymbolicTrial.Input(
                    bytes: (0..<SymbolicTrial.byteCount).map { _ in random.byte() >> UInt8(shift) },
                    word: random.next() >> UInt64(shift * 10)))
        }
        return inputs
    }

    private static func listing(_ trial: SymbolicTrial) -> String {
        Disassembler(trial.program).lines.map { "\($0)" }.joined(separator: "\n")
    }
}

internal import CasaBPF
internal import CasaNode
internal import CasaPolicyIR
internal import CasaTestSupport
internal import Foundation

/// What it costs to hold bytes to the policy: our interpreter by itself, and packet by packet beside the kernel.
struct MachineSuite {
    private static let packetCount = 1_000_000
    private static let rounds = 3

    /// The folder of the package.
    let package: String

    func rows() throws -> [Row] {
        let nanoseconds = try InstructionPace.nanoseconds()
        var rows = [
            Row("interpreter, an instruction", unit: "ns", ours: nanoseconds),
            Row("interpreter, instructions in a second", unit: "M", ours: 1e3 / nanoseconds),
        ]
        let interface = try TestInterface.number()
        for example in try examples() {
            for generated in try ExamplePolicies.read("\(package)/examples/\(example)") {
                let name = "packets of `\(generated.policy.name)`"
                let compiled = try CompiledPolicy(generated)
                let pace = try PacketPace(compiled, interface: interface)
                rows.append(
                    Row("\(name), interpreter / kernel", unit: "ns", ours: pace.ours, baseline: pace.kernel))
                let trial = BulkTrial(compiled, packetCount: Self.packetCount, interface: interface)
                let seconds = try Timing.fastest(of: Self.rounds) { _ = try trial.run() }
                rows.append(Row("10^6 \(name), none differ", unit: "s", ours: seconds))
            }
        }
        return rows
    }

    private func examples() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(package)/examples")
            .filter { !$0.hasPrefix(".") }.sorted()
    }
}

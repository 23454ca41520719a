internal import CasaPolicyIR

/// Replays counterexamples through the evaluator and the interpreter, and says what they show.
///
/// What does not reproduce is never shown: it is a mistake of the verifier (`CASA9001`).
package struct Replay: Sendable {
    private let bytes: [UInt8]
    private let legend: WitnessLegend

    /// The legend is of the policy that the object claims to be.
    package init(of object: [UInt8], legend: WitnessLegend) {
        bytes = object
        self.legend = legend
    }

    package func demonstrate(_ counterexample: Counterexample) throws(ReplayFailure) -> Demonstration {
        let object = try ObjectReplay(bytes, rules: legend.policy.rules.count)
        switch counterexample {
        case .decision(let decision):
            return try DecisionDemonstration(object: object, legend: legend).show(decision)
        case .region(let region):
            return try RegionDemonstration(object: object, legend: legend).show(region)
        case .hook(let hook): return try HookDemonstration(object: object).show(hook)
        case .tableEntry(let entry):
            return try TableDemonstration(object: object, legend: legend).show(entry)
        }
    }
}

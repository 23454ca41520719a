package import CasaBPF

extension StandaloneRun {
    /// The forms of instructions that a run on numbers executes.
    package func executedForms() throws(Trap) -> Set<Operation> {
        let machine = ConcreteDomain(Self.helpers)
        let memory = ConcreteMemory()
        var state = try MachineState(arguments: arguments(in: memory), memory: memory, in: machine)
        var forms: Set<Operation> = []
        while true {
            let step = program.steps[state.position]
            forms.insert(step.instruction.fields.operation)
            switch try state.execute(step, in: machine) {
            case .proceeded: continue
            case .branched(let isTaken, taken: let target): if isTaken { state.position = target }
            case .exited: return forms
            }
        }
    }
}

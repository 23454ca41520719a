internal import CasaBPF

/// Emits a balanced tree of compares over the steps of a function; never a chain.
///
/// The lower half follows its compare, so that a search takes as many forward jumps at most as there are
/// levels.
struct BalancedSearch {
    /// Holds what is searched; kept.
    let register: Register
    let width: Width
    /// Holds constants that do not fit into a compare; lost.
    let scratch: Register

    func emit<Value>(
        _ function: StepFunction<Value>, into assembler: inout Assembler,
        leaf: (Value, inout Assembler) -> Void
    ) {
        emit(function.steps[...], into: &assembler, leaf: leaf)
    }

    private func emit<Value>(
        _ steps: ArraySlice<StepFunction<Value>.Step>, into assembler: inout Assembler,
        leaf: (Value, inout Assembler) -> Void
    ) {
        guard steps.count > 1 else {
            if let only = steps.first { leaf(only.value, &assembler) }
            return
        }
        let middle = steps.startIndex + (steps.count + 1) / 2
        let upper = assembler.label()
        branchIfAtLeast(steps[middle].start, to: upper, in: &assembler)
        emit(steps[..<middle], into: &assembler, leaf: leaf)
        assembler.place(upper)
        emit(steps[middle...], into: &assembler, leaf: leaf)
    }

    private func branchIfAtLeast(_ bound: UInt64, to label: Assembler.Label, in assembler: inout Assembler) {
        let tag = Provenance.search.tag
        switch width {
        case .bits32:
            let bound = Int32(bitPattern: UInt32(truncatingIfNeeded: bound))
            assembler.branch(.greaterOrEqual, .bits32, register, .immediate(bound), to: label, tag: tag)
        case .bits64:
            // An immediate is sign-extended to 64 bits: only small bounds mean themselves.
            if let small = Int32(exactly: bound) {
                assembler.branch(.greaterOrEqual, .bits64, register, .immediate(small), to: label, tag: tag)
            } else {
                assembler.emit(.loadImmediate64(scratch, .value(bound)), tag: tag)
                assembler.branch(.greaterOrEqual, .bits64, register, .register(scratch), to: label, tag: tag)
            }
        }
    }
}

internal import CasaBPF
internal import CasaDiagnostics
internal import CasaPolicyIR

/// Emits `casa_region4` and `casa_region6`: from an address to the class of the region that holds it.
struct RegionEmission {
    /// A step takes at most three slots for IPv4 and eight for IPv6, so that no jump can be out of reach.
    static let stepLimit4 = 10_000
    static let stepLimit6 = 4_000

    /// The rule that a region class is there for, by class.
    let rules: [UInt16: Int]

    static func checkLimits(
        _ classes: ClassAssignment, of policy: NamespacePolicy, reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) {
        var failure: Reported?
        for (family, count, limit) in [
            ("IPv4", classes.regions4.steps.count, stepLimit4),
            ("IPv6", classes.regions6.steps.count, stepLimit6),
        ] where count > limit {
            failure = diagnostics.fail(
                Diagnostic(
                    .tooManyClasses, at: policy.rules.first?.origin,
                    "the \(family) blocks of namespace `\(policy.name)` make \(count) intervals, "
                        + "an object holds at most \(limit)"
                )
                .help("use fewer, wider address blocks"))
        }
        if let failure { throw failure }
    }

    /// The address is in `r1`, in host byte order.
    func emit4(_ map: RegionMap<UInt32>) throws(AssemblyError) -> AssembledCode {
        var classes = StepFunction<UInt16>(0)
        for step in map.steps { classes.change(to: step.classNumber, at: UInt64(step.start)) }
        var assembler = begin(PolicySymbols.region4)
        BalancedSearch(register: .r1, width: .bits32, scratch: .r3).emit(
            classes, into: &assembler, leaf: answer)
        return try assembler.finish()
    }

    /// The upper half of the address is in `r1`, the lower half in `r2`.
    func emit6(_ map: RegionMap<UInt128>) throws(AssemblyError) -> AssembledCode {
        var assembler = begin(PolicySymbols.region6)
        BalancedSearch(register: .r1, width: .bits64, scratch: .r3).emit(
            Self.byUpperHalf(map), into: &assembler
        ) { lower, assembler in
            BalancedSearch(register: .r2, width: .bits64, scratch: .r3).emit(
                lower, into: &assembler, leaf: answer)
        }
        return try assembler.finish()
    }

    /// Most upper halves decide alone; the others get a function of the lower half.
    private static func byUpperHalf(_ map: RegionMap<UInt128>) -> StepFunction<StepFunction<UInt16>> {
        var result = StepFunction(StepFunction<UInt16>(0))
        var current: UInt16 = 0
        var index = 0
        while index < map.steps.count {
            let upper = UInt64(truncatingIfNeeded: map.steps[index].start >> 64)
            var lower = StepFunction<UInt16>(current)
            while index < map.steps.count, map.steps[index].start >> 64 == UInt128(upper) {
                current = map.steps[index].classNumber
                lower.change(to: current, at: UInt64(truncatingIfNeeded: map.steps[index].start))
                index += 1
            }
            result.change(to: lower, at: upper)
            if upper < UInt64.max { result.change(to: StepFunction(current), at: upper + 1) }
        }
        return result
    }

    private func begin(_ symbol: String) -> Assembler {
        var assembler = Assembler()
        assembler.function(symbol)
        assembler.emit(.arithmetic(.move, .bits32, .r0, 0), tag: Provenance.search.tag)
        return assembler
    }

    /// `r0` is zero until a leaf says otherwise.
    private func answer(_ classNumber: UInt16, _ assembler: inout Assembler) {
        guard classNumber != 0 else {
            assembler.emit(.exit, tag: Provenance.noRule.tag)
            return
        }
        let tag = (rules[classNumber].map(Provenance.rule) ?? .search).tag
        assembler.emit(.arithmetic(.move, .bits32, .r0, .immediate(Int32(classNumber))), tag: tag)
        assembler.emit(.exit, tag: tag)
    }
}

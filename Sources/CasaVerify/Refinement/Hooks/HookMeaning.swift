package import CasaBPF
package import CasaSMT

/// What a function of a template has to return, as a term: the statement that ``HookProof`` proves, for those who hold
/// it to something else than the code.
package struct HookMeaning {
    /// What tells this case from the others: of every packet and call, one case's premises hold.
    package let premises: [Boolean]
    /// In 32 bits.
    package let result: BitVector
    /// The functions that the result depends on; the arguments of each depend on earlier ones only.
    package let applications: [UnknownFunctions.Application]

    private init(_ claim: HookClaim, _ part: HookCase) {
        let world = SymbolicWorld(arena: TermArena(), helpers: HookHelpers(), solver: nil)
        part.prepare(world)
        premises = part.premises(world)
        result = claim.expected(part, in: world)
        applications = world.functions.applications
    }

    /// The cases of a program or function, by its name; none for a function of which nothing is claimed.
    package static func cases(of name: String, in object: BPFObject) -> [HookMeaning] {
        let programs = object.programs.filter { $0.name == name }.map(HookClaim.init)
        let functions = object.functions.filter { $0.name == name }.compactMap(HookClaim.function)
        return (programs + functions).flatMap { claim in claim.cases.map { HookMeaning(claim, $0) } }
    }
}

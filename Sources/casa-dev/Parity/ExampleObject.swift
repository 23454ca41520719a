internal import CasaBPF
internal import CasaBundle
internal import CasaCompiler
internal import CasaDiagnostics

/// The object of the first example, with its proof record: every template and every kind of obligation is in it.
struct ExampleObject {
    private static let sources = "examples/banking"

    let programs: [BPFProgram]
    /// As the proof record names them.
    let obligations: [String]
    private let object: BPFObject

    init() throws {
        var diagnostics = DiagnosticBag()
        do {
            let sources = try SourceCollection(arguments: [Self.sources]).read(reporting: &diagnostics)
            let bundles = try Compilation(of: sources).bundles(
                proof: BundleProof(), reporting: &diagnostics)
            guard let bundle = bundles.first, let proof = bundle.manifest.proof, proof.isComplete else {
                throw ParityFailure("the object of `\(Self.sources)` is not proved")
            }
            object = try BPFObject(bundle.object)
            obligations = proof.obligations.map(\.name)
        } catch is Reported {
            let reasons = diagnostics.diagnostics.filter { $0.severity == .error }.map(\.message)
            throw ParityFailure("`\(Self.sources)`: " + reasons.joined(separator: "; "))
        }
        programs = object.programs.sorted { $0.name < $1.name }
    }

    /// The helpers that a program calls, with all its functions.
    func helpers(of program: BPFProgram) throws -> [Int32] {
        let code = try object.linkedProgram(named: program.name).code { _ in 0 }
        guard let slots = EncodedInstruction.slots(of: code) else {
            throw ParityFailure("`\(program.name)` is no run of instructions")
        }
        let numbers = try Program(decoding: slots).instructions.compactMap { instruction -> Int32? in
            guard case .call(.helper(let number)) = instruction else { return nil }
            return number
        }
        return Set(numbers).sorted()
    }
}

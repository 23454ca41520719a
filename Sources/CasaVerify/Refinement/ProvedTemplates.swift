internal import CasaBPF
internal import CasaSMT

/// What was proved about templates in this process, so that the objects of many namespaces pay for theirs once.
///
/// A template is told from others by its whole code, not by a digest of it.
package final class ProvedTemplates {
    private struct Template: Hashable {
        struct Part: Hashable {
            let name: String
            let code: [UInt8]
            let references: [BPFReference]

            init(_ function: BPFFunction) {
                name = function.name
                code = function.code
                references = function.references
            }
        }

        let programs: [Part]
        let functions: [Part]
        let kinds: [BPFProgramKind]
        let maps: [String]

        init(of object: BPFObject) {
            programs = object.programs.map { Part($0.body) }
            kinds = object.programs.map(\.kind)
            functions = object.functions.filter { !Self.ofPolicy.contains($0.name) }.map(Part.init)
            maps = object.maps.map(\.name) + object.dataMaps.map(\.name)
        }

        private static let ofPolicy: Set<String> = ["casa_verdict", "casa_region4", "casa_region6"]
    }

    private var known: [Template: [ObligationResult]] = [:]

    package init() {}

    /// The results for an object's template; only a whole set that was proved is kept.
    func results(
        of object: BPFObject, by proof: HookProof, wanted: (String) -> Bool
    ) throws(ProofError) -> [ObligationResult] {
        let template = Template(of: object)
        if let results = known[template] { return results.filter { wanted($0.name) } }
        let results = try proof.run(object, wanted: wanted)
        if case .proved = ProofResult(results).answer, results.count == HookProof.obligationCount(object) {
            known[template] = results
        }
        return results
    }
}

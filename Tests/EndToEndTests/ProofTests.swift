import CasaBundle
import CasaTestSupport
import Foundation
import Testing

/// `casa build` and `casa verify`, as people meet the proof.
@Suite("casa build proves, and casa verify proves again")
struct ProofTests {
    private static let policy = "examples/quickstart"
    private static let obligations = [
        "option", "options", "extension", "extensions", "hook casa_connect4", "hook casa_connect6",
        "hook casa_egress", "hook casa_ingress", "hook casa_sendmsg4", "hook casa_sendmsg6",
        "hook casa_sock_create", "region4", "region6", "regions", "verdict",
    ]

    private let folder: TemporaryFolder
    private var bundle: String { "\(folder.path)/quickstart" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func build(_ words: String...) throws -> Tool.Result {
        try Tool.run(
            Tool.products.appending(path: "casa"), ["build", Self.policy, "-o", folder.path] + words)
    }

    private func verify(_ words: String...) throws -> Tool.Result {
        try Tool.run(Tool.products.appending(path: "casa"), ["verify", bundle] + words)
    }

    private func bytes(_ file: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(filePath: "\(bundle)/\(file)")))
    }

    @Test("the record of the proof is in the manifest, whole and the same each time")
    func record() throws {
        let built = try build()
        #expect(built.code == 0 && built.output.contains(" bytes, proved, "), "\(built.output)\(built.error)")
        let first = try bytes("manifest.json")
        let manifest: Manifest = try StableJSON.decode(first)
        let proof = try #require(manifest.proof)
        #expect(proof.obligations.map(\.name).sorted() == Self.obligations.sorted())
        #expect(proof.obligations.allSatisfy { $0.answer == "proved" } && manifest.isProved)
        #expect(proof.policy == manifest.policyDigest)
        #expect(try build().code == 0)
        #expect(try bytes("manifest.json") == first)
    }

    @Test("without a proof there is no record, and verification needs none")
    func withoutProof() throws {
        let built = try build("--no-proof")
        #expect(built.code == 0 && built.output.contains(", not proved, "), "\(built.output)")
        let manifest: Manifest = try StableJSON.decode(bytes("manifest.json"))
        #expect(manifest.proof == nil)
        #expect(try verify().code == 0)
    }

    @Test("a bundle is verified with and without its sources, and not with those of another")
    func verification() throws {
        #expect(try build().code == 0)
        let alone = try verify()
        #expect(
            alone.code == 0 && alone.output.contains("decides as its manifest says"),
            "\(alone.output)\(alone.error)")
        for name in Self.obligations { #expect(alone.output.contains("  \(name) "), "\(name)") }
        let withSources = try verify(Self.policy)
        #expect(withSources.code == 0 && withSources.output.contains("decides as the sources say"))
        let stranger = try verify("examples/banking")
        #expect(stranger.code == 1 && stranger.output.contains("error[CASA5004]"), "\(stranger.output)")

        let source = try String(
            contentsOf: Tool.repository.appending(path: "\(Self.policy)/quickstart.yaml"), encoding: .utf8)
        let edited = source.replacing("namespace: ingress", with: "namespace: edge")
        try #require(edited != source)
        try Data(edited.utf8).write(to: URL(filePath: "\(folder.path)/edited.yaml"))
        let other = try verify("\(folder.path)/edited.yaml")
        #expect(other.code == 1 && other.output.contains("error[CASA5004]"), "\(other.output)")
    }

    @Test("one changed byte of the decision is shown as a flow, with its rule and its instructions")
    func changedByte() throws {
        #expect(try build().code == 0)
        var object = try bytes("policy.bpf.o")
        // `w0 = WORD` of a rule that allows, which then denies; the digests are made to agree.
        let places = object.indices.dropLast(7).filter {
            object[$0..<$0 + 4].elementsEqual([0xB4, 0, 0, 0])
                && object[$0 + 5..<$0 + 8].elementsEqual([0xFF, 0xFF, 0x02])
        }
        let place = try #require(places.first)
        object[place + 7] = 0x04
        var manifest: Manifest = try StableJSON.decode(bytes("manifest.json"))
        manifest.object = .init(file: manifest.object.file, sha256: Digest(of: object))
        try Data(object).write(to: URL(filePath: "\(bundle)/policy.bpf.o"))
        try Data(StableJSON.encode(manifest)).write(to: URL(filePath: "\(bundle)/manifest.json"))

        let capture = "\(folder.path)/packet.pcap"
        for words in [[], [Self.policy]] {
            let result = try Tool.run(
                Tool.products.appending(path: "casa"), ["verify", bundle, "--pcap", capture] + words)
            #expect(result.code == 1 && result.output.contains("error[CASA5001]"), "\(result.output)")
            for part in ["flow: ", "policy: ", "by rule ", "decided by: ", "casa_verdict", "exit"] {
                #expect(result.output.contains(part), "\(part) in \(result.output)")
            }
            // Little-endian pcap with microseconds; one packet behind the header.
            let written = try Array(Data(contentsOf: URL(filePath: capture)))
            #expect(
                written.count > 40 && written.starts(with: [0xD4, 0xC3, 0xB2, 0xA1]), "\(written.prefix(24))")
            try FileManager.default.removeItem(atPath: capture)
        }
    }

    @Test("a solver that may not think decides nothing, and nothing is written")
    func undecided() throws {
        let built = try build("--steps", "1")
        #expect(built.code == 3 && built.output.contains("error[CASA5003]"), "\(built.output)")
        #expect(!FileManager.default.fileExists(atPath: bundle))
        #expect(try build().code == 0)
        let verified = try verify("--steps", "1")
        #expect(verified.code == 3 && verified.output.contains("error[CASA5003]"), "\(verified.output)")
    }

    /// Every question of a proof that holds asks for a case against it, but those that ask whether there is any case.
    @Test("questions are written for other solvers")
    func questions() throws {
        #expect(try build().code == 0)
        let directory = "\(folder.path)/questions"
        #expect(try verify("--smt", directory).code == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
        #expect(names.count >= 15 && names.allSatisfy { $0.hasSuffix(".smt2") })
        for name in names {
            let text = try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
            #expect(text.contains("(check-sat)"), "\(name)")
        }
        let again = try verify("--smt", directory)
        #expect(again.code == 2 && again.output.contains("is not empty"), "\(again.output)")
    }

    @Test("the solver's own tool says of the questions what the proof says", .requires(.z3))
    func secondOpinion() throws {
        let z3 = try #require(Requirement.find("z3"))
        #expect(try build().code == 0)
        let directory = "\(folder.path)/questions"
        #expect(try verify("--smt", directory).code == 0)
        for name in try FileManager.default.contentsOfDirectory(atPath: directory).sorted() {
            let answer = try Tool.run(z3, ["\(directory)/\(name)"])
            #expect(answer.output.hasPrefix("unsat"), "\(name): \(answer.output)")
        }
    }
}

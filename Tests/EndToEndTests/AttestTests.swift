import CasaBundle
import CasaTestSupport
import Foundation
import Testing

/// From policies to a load on a key's word, through the tool alone.
@Suite("casa attest, and casa load --trust", .requires(.openssl))
struct AttestTests {
    private let folder: TemporaryFolder
    private let name: String

    private var bundle: String { "\(folder.path)/out/\(name)" }
    private var key: String { "\(folder.path)/key" }
    private var publicKey: String { "\(folder.path)/key.pub" }

    /// Builds a namespace that nobody else has, and makes a key.
    init() throws {
        folder = try TemporaryFolder()
        name = "attest-\(UUID().uuidString.prefix(8).lowercased())"
        try build("name: notes", in: "name: notes")
        try makeKey("key")
    }

    /// The quickstart with something in it exchanged.
    private func build(_ new: String, in old: String) throws {
        let source = Tool.repository.appending(path: "examples/quickstart/quickstart.yaml")
        let text = try String(contentsOf: source, encoding: .utf8).replacing("quickstart", with: name)
            .replacing(old, with: new)
        try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/policy.yaml"))
        let built = try Tool.casa("build", "\(folder.path)/policy.yaml", "-o", "\(folder.path)/out")
        try #require(built.code == 0, "\(built.output)\(built.error)")
    }

    private func makeKey(_ name: String) throws {
        let openssl = try #require(Requirement.find("openssl"))
        let path = "\(folder.path)/\(name)"
        _ = try Tool.run(openssl, ["genpkey", "-algorithm", "ed25519", "-out", path])
        _ = try Tool.run(openssl, ["pkey", "-in", path, "-pubout", "-out", path + ".pub"])
        chmod(path, 0o600)
    }

    private func sign(generation: Int? = nil, key: String? = nil) throws -> Tool.Result {
        let words = generation.map { ["--generation", "\($0)"] } ?? []
        return try Tool.run(
            Tool.products.appending(path: "casa"),
            ["attest", "sign", bundle, "--key", key ?? self.key] + words)
    }

    @Test("a built bundle is signed, verified, and its changes are noticed")
    func signAndVerify() throws {
        let unsigned = try Tool.casa("attest", "verify", bundle, "--trust", publicKey)
        #expect(unsigned.code == 1 && unsigned.error.contains("CASA6013"), "\(unsigned.error)")
        let manifest = try Data(contentsOf: URL(filePath: "\(bundle)/manifest.json"))
        let signed = try sign(generation: 7)
        #expect(signed.code == 0, "\(signed.error)")
        #expect(try Data(contentsOf: URL(filePath: "\(bundle)/manifest.json")) == manifest)
        let verified = try Tool.casa("attest", "verify", bundle, "--trust", publicKey)
        #expect(verified.code == 0, "\(verified.error)")
        #expect(verified.output.hasPrefix("attested: namespace \(name), generation 7\n  by key "))
        #expect(verified.output.contains("\n  proved by "))
        try makeKey("other")
        let other = try Tool.casa("attest", "verify", bundle, "--trust", "\(folder.path)/other.pub")
        #expect(other.code == 1 && other.error.contains("CASA6013"))
        let either = try Tool.casa(
            "attest", "verify", bundle, "--trust", "\(folder.path)/other.pub", "--trust=\(publicKey)")
        #expect(either.code == 0)
        for file in ["manifest.json", "policy.bpf.o", "runtime.json"] {
            let path = URL(filePath: "\(bundle)/\(file)")
            let bytes = try Data(contentsOf: path)
            try (bytes + [0x0A]).write(to: path)
            let changed = try Tool.casa("attest", "verify", bundle, "--trust", publicKey)
            #expect(changed.code == 1 && changed.error.contains("CASA6014"), "\(file)")
            #expect(changed.error.contains("`\(file)` has the digest"))
            try bytes.write(to: path)
        }
    }

    @Test("what is not proved is not signed")
    func unproved() throws {
        let path = URL(filePath: "\(bundle)/manifest.json")
        var manifest: Manifest = try StableJSON.decode(Array(Data(contentsOf: path)))
        manifest.proof = nil
        try Data(StableJSON.encode(manifest)).write(to: path)
        let result = try sign()
        #expect(result.code == 1 && result.error.contains("CASA6012"), "\(result.error)")
        #expect(!FileManager.default.fileExists(atPath: "\(bundle)/attestation.json"))
    }

    @Test("a key that others may read is complained of, and nothing of any key is printed")
    func keys() throws {
        chmod(key, 0o644)
        let exposed = try sign()
        #expect(exposed.code == 0)
        #expect(exposed.error.contains("warning[CASA6017]") && exposed.error.contains("by other users"))
        let secret = try String(contentsOfFile: key, encoding: .utf8).split(separator: "\n")[1]
        for words in [
            ["attest", "sign", bundle, "--key", publicKey], ["attest", "verify", bundle, "--trust", key],
            ["attest", "sign", bundle, "--key", "/etc/hostname"],
            ["attest", "verify", bundle, "--trust", "/no"],
        ] {
            let result = try Tool.run(Tool.products.appending(path: "casa"), words)
            #expect(result.code == 2, "\(words)")
            #expect(!(result.output + result.error).contains(secret))
        }
    }

    @Test(
        "words that do not fit get a usage line",
        arguments: [
            [], ["sign"], ["sign", "b"], ["verify", "b"], ["check", "b"], ["sign", "b", "c", "--key", "k"],
            ["sign", "b", "--key", "k", "--generation", "-1"],
            ["sign", "b", "--key", "k", "--generation", "x"],
            ["sign", "b", "--key", "k", "--generation", "9007199254740992"],
            ["sign", "b", "--key", "k", "--trust", "t"], ["verify", "b", "--trust", "t", "--key", "k"],
        ])
    func usage(words: [String]) throws {
        let result = try Tool.run(Tool.products.appending(path: "casa"), ["attest"] + words)
        #expect(result.code == 2 && result.error.contains("help: casa attest sign"))
    }

    @Test("a node takes what is signed, and no older generation", .requires(.bpf))
    func load() throws {
        let inventory = "\(folder.path)/inventory.yaml"
        try Data("apiVersion: casa.io/v1alpha1\nkind: Inventory\n".utf8).write(to: URL(filePath: inventory))
        defer { _ = try? Tool.casa("unload", name) }
        func load(_ words: String...) throws -> Tool.Result {
            try Tool.run(
                Tool.products.appending(path: "casa"),
                ["load", bundle, "--inventory", inventory, "--kernel-only"] + words)
        }
        let unsigned = try load("--trust", publicKey)
        #expect(unsigned.code == 1 && unsigned.error.contains("CASA6013"), "\(unsigned.error)")
        #expect(try load("--trust", publicKey, "--unproved").code == 2)

        #expect(try sign(generation: 2).code == 0)
        let loaded = try load("--trust", publicKey)
        #expect(loaded.code == 0, "\(loaded.error)")
        #expect(loaded.output.contains("generation 2"))
        let status = try Tool.casa("status", name)
        #expect(status.output.contains("  proved by ") && status.output.contains("  attested by key "))

        try build("9999", in: "8080")
        #expect(try sign(generation: 1).code == 0)
        let older = try load("--trust", publicKey)
        #expect(older.code == 1 && older.error.contains("CASA6016"), "\(older.error)")
        try FileManager.default.removeItem(atPath: "\(bundle)/attestation.json")
        #expect(try sign(generation: 3).code == 0)
        #expect(try load("--trust", publicKey).code == 0)
    }

    @Test("a bundle that is not proved is loaded only if it is asked for", .requires(.bpf))
    func loadUnproved() throws {
        let inventory = "\(folder.path)/inventory.yaml"
        try Data("apiVersion: casa.io/v1alpha1\nkind: Inventory\n".utf8).write(to: URL(filePath: inventory))
        let path = URL(filePath: "\(bundle)/manifest.json")
        var manifest: Manifest = try StableJSON.decode(Array(Data(contentsOf: path)))
        manifest.proof = nil
        try Data(StableJSON.encode(manifest)).write(to: path)
        defer { _ = try? Tool.casa("unload", name) }
        let refused = try Tool.casa("load", bundle, "--inventory", inventory, "--kernel-only")
        #expect(refused.code == 1 && refused.error.contains("CASA6012"), "\(refused.error)")
        #expect(refused.error.contains("`casa load --unproved`"))
        let loaded = try Tool.casa("load", bundle, "--inventory", inventory, "--kernel-only", "--unproved")
        #expect(loaded.code == 0, "\(loaded.error)")
        #expect(try Tool.casa("status", name).output.contains("NOT proved"))
    }
}

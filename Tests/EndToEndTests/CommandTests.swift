import CasaTestSupport
import Foundation
import Testing

@Suite("the casa command")
struct CommandTests {
    @Test("examples check without errors", arguments: ["banking", "quickstart", "research-team"])
    func examplesCheck(example: String) throws {
        let result = try Tool.casa("check", "examples/\(example)")
        #expect(result.code == 0, "\(result.output)")
        #expect(!result.output.contains("error["))
    }

    @Test("explain says yes with the rule and its place")
    func explainYes() throws {
        let result = try Tool.casa(
            "explain", "--from", "safe-agent", "--to", "casa-demo-mcp:3000", "examples/banking")
        #expect(result.code == 0)
        #expect(result.output.hasPrefix("allowed: safe-agent to casa-demo-mcp:3000 over TCP\n"))
        #expect(result.output.contains("at: examples/banking/policies.yaml:"))
    }

    @Test("explain says no with the nearest rule")
    func explainNo() throws {
        let result = try Tool.casa(
            "explain", "--from", "safe-agent", "--to", "casa-demo-mcp:3001", "examples/banking")
        #expect(result.code == 1)
        #expect(
            result.output.contains(
                "nearest: banking/Deployment/safe-agent egress to service banking/casa-demo-mcp"))
        #expect(result.output.contains("differs: the port"))
    }

    @Test("explain of a name nobody knows is not asked")
    func explainUnknown() throws {
        let result = try Tool.casa(
            "explain", "--from", "safe-agent", "--to", "casa-demo-mpc:3000", "examples/banking")
        #expect(result.code == 2)
        #expect(result.error.contains("did you mean `casa-demo-mcp`?"))
    }

    @Test("build writes a bundle that dump lists with its policy lines")
    func buildAndDump() throws {
        let folder = try TemporaryFolder()
        let built = try Tool.casa("build", "examples/banking", "-o", folder.path)
        #expect(built.code == 0, "\(built.output)\(built.error)")
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/banking").sorted()
        #expect(names == ["manifest.json", "policy.bpf.o", "runtime.json"])
        let dumped = try Tool.casa("dump", "\(folder.path)/banking")
        #expect(dumped.code == 0, "\(dumped.error)")
        #expect(dumped.output.contains("policies.yaml"))
    }

    @Test("two processes write the same bundle")
    func buildsAgree() throws {
        let one = try TemporaryFolder()
        let other = try TemporaryFolder()
        for folder in [one, other] {
            #expect(try Tool.casa("build", "examples/research-team", "-o", folder.path).code == 0)
        }
        for file in [
            "research/policy.bpf.o", "research/manifest.json", "tools/policy.bpf.o", "tools/runtime.json",
        ] {
            let left = try Data(contentsOf: URL(filePath: "\(one.path)/\(file)"))
            #expect(try left == Data(contentsOf: URL(filePath: "\(other.path)/\(file)")), "\(file)")
        }
    }

    @Test("one flipped byte is noticed, and named")
    func flippedByte() throws {
        let folder = try TemporaryFolder()
        #expect(try Tool.casa("build", "examples/quickstart", "-o", folder.path).code == 0)
        let path = "\(folder.path)/quickstart/policy.bpf.o"
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: path))
        let result = try Tool.casa("dump", "\(folder.path)/quickstart")
        #expect(result.code == 2)
        #expect(result.error.contains("CASA6007"))
        #expect(result.error.contains("`policy.bpf.o` has the digest"))
    }

    @Test("standard input is read, and called so")
    func standardInput() throws {
        let result = try Tool.casa("check", "--format", "concise", "-", input: "kind: [")
        #expect(result.code == 1)
        #expect(result.output.hasPrefix("<stdin>:1:"))
    }

    @Test("a file that is not there is not asked")
    func missingFile() throws {
        let result = try Tool.casa("check", "no-such-file.yaml")
        #expect(result.code == 2)
        #expect(result.output.contains("CASA6001"))
        #expect(result.output.contains("no such file or directory"))
    }

    @Test(
        "wrong words get a usage line and exit code 2",
        arguments: [
            ["chek"], ["check"], ["check", "--formt", "json", "x"], ["check", "--format", "xml", "examples"],
            ["build", "examples/banking"], ["explain", "--from", "a", "examples"], ["load", "x"], ["watch"],
        ])
    func wrongWords(words: [String]) throws {
        let result = try Tool.run(Tool.products.appending(path: "casa"), words)
        #expect(result.code == 2)
        #expect(result.error.contains("help:"))
    }

    @Test("nothing is written where the output cannot be")
    func unwritableOutput() throws {
        let result = try Tool.casa("build", "examples/quickstart", "-o", "/proc/casa")
        #expect(result.code == 2)
        #expect(result.output.contains("CASA6002"))
    }

    @Test("a full disk leaves nothing half written", .requires(.root))
    func fullDisk() throws {
        let folder = try TemporaryFolder()
        let mount = try Tool.run(
            URL(filePath: "/bin/mount"), ["-t", "tmpfs", "-o", "size=16k", "none", folder.path])
        try #require(mount.code == 0, "\(mount.error)")
        defer { _ = try? Tool.run(URL(filePath: "/bin/umount"), [folder.path]) }
        let result = try Tool.casa("build", "examples/quickstart", "-o", "\(folder.path)/out")
        #expect(result.code == 2)
        #expect(result.output.contains("CASA6002"))
        #expect(result.output.contains("no space left on device"))
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/out")
        #expect(left.isEmpty, "\(left)")
    }

    @Test("what a reader may not look at is said, not guessed")
    func unreadableFile() throws {
        let result = try Tool.casa("check", "/proc/self/mem")
        #expect(result.code == 2)
        #expect(result.output.contains("CASA6001"))
    }

    @Test("unload says when nothing is loaded", .requires(.root))
    func nothingLoaded() throws {
        let result = try Tool.casa("unload", "no-such-namespace")
        #expect(result.code == 2)
        #expect(result.error.contains("nothing is loaded for namespace no-such-namespace"))
    }
}

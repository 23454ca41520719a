import CasaTestSupport
import Foundation
import Testing

/// The demo loads under the node's own paths and the namespaces' own names, so there is one at a time.
@Suite("the demo", .serialized)
struct DemoTests {
    private static let program = Tool.products.appending(path: "casa-dev")

    @Test(
        "every pair of the quickstart fares in the kernel as the evaluator says", .requires(.root),
        .requires(.bpf))
    func quickstart() throws {
        let result = try Tool.run(Self.program, ["demo", "examples/quickstart"])
        #expect(result.code == 0, "\(result.output)\(result.error)")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.last == "20 pairs, 20 as expected, 0 unexpected")
        // Each means of refusal is seen, and not only said to have been.
        for verdict in [
            "ALLOWED", "REFUSED by connect", "REFUSED by sendmsg", "DROPPED at egress", "DROPPED at ingress",
        ] {
            #expect(lines.contains { $0.contains(verdict) }, "\(verdict)")
        }
    }

    @Test(
        "a demo that is told to stop leaves nothing", .requires(.root), .requires(.bpf),
        arguments: [300, 900, 1_800])
    func stopped(milliseconds: Int) throws {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = ["demo", "examples/banking"]
        process.currentDirectoryURL = Tool.repository
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: Double(milliseconds) / 1_000)
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 128 + SIGTERM)
        let name = "casa-demo-\(process.processIdentifier)"
        for place in ["/run", "/run/netns", "/sys/fs/cgroup", "/sys/fs/cgroup/unified"] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
            #expect(!names.contains { $0.hasPrefix(name) }, "\(place)")
        }
        #expect(!FileManager.default.fileExists(atPath: "/sys/fs/bpf/casa/banking"))
    }

    @Test("a process outside its cgroup serves nothing, because it would be allowed everything")
    func standing() throws {
        let result = try Tool.run(Self.program, ["host", "/casa-demo-elsewhere", "43210"])
        #expect(result.code == 1)
        #expect(result.output == "outside /casa-demo-elsewhere\n")
    }

    @Test("documents with errors are not run")
    func errors() throws {
        let folder = try TemporaryFolder()
        try Data("kind: Nonsense\n".utf8).write(to: URL(filePath: "\(folder.path)/policy.yaml"))
        let result = try Tool.run(Self.program, ["demo", folder.path])
        #expect(result.code == 1)
        #expect(result.error.contains("casa check ended with"))
        #expect(!result.output.contains("pairs,"))
    }
}

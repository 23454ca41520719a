import CasaBPF
import Foundation
import Testing

/// The kernel and the stock loader judge what we write.
@Suite(.serialized) struct ObjectKernelTests {
    /// Loads every program with bpftool and gives the code of one as the kernel keeps it.
    private func translated(_ object: [UInt8], program: String) throws -> String {
        let bpftool = try #require(ObjectTools.bpftool)
        return try ObjectTools.withDirectory { directory in
            try Data(object).write(to: directory.appending(path: "object.o"))
            let pins = "/sys/fs/bpf/casa-object-\(UUID())"
            defer { try? FileManager.default.removeItem(atPath: pins) }
            let (status, output) = try ObjectTools.run(
                bpftool, ["prog", "loadall", "object.o", pins], in: directory)
            try #require(status == 0, "\(output)")
            let dump = try ObjectTools.run(
                bpftool, ["prog", "dump", "xlated", "pinned", "\(pins)/\(program)", "linum"])
            try #require(dump.status == 0, "\(dump.output)")
            return dump.output
        }
    }

    @Test("the stock loader accepts the object and the kernel shows lines of the policy", .requiresKernel)
    func loads() throws {
        let text = try translated(ObjectFixtures.linked(), program: "casa_egress")
        #expect(text.contains("unsigned int casa_verdict(unsigned int class, unsigned int question):"))
        #expect(
            text.contains("; - allow: {to: shop, port: 443} [file:policies/a.yaml line_num:12 line_col:5]"))
    }

    @Test("an object of ours alone is accepted too", .requiresKernel)
    func standalone() throws {
        let text = try translated(ObjectFixtures.standalone().write(), program: "casa_egress")
        #expect(text.contains("file:policies/a.yaml line_num:1 "))
    }

    @Test("the kernel removes what other subjects need", .requiresKernel)
    func specialised() throws {
        for program in ["casa_egress", "casa_connect4"] {
            let first = try translated(ObjectFixtures.linked(subject: 1), program: program)
            #expect(first.contains("w0 = \(ObjectFixtures.allowed)"))
            #expect(!first.contains("w0 = \(ObjectFixtures.quarantined)"))
            let second = try translated(ObjectFixtures.linked(subject: 2), program: program)
            #expect(!second.contains("w0 = \(ObjectFixtures.allowed)"))
            #expect(second.contains("w0 = \(ObjectFixtures.quarantined)"))
        }
    }
}

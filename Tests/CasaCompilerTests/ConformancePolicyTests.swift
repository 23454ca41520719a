import CasaDiagnostics
import Foundation
import Testing

/// The policies from the documents that CASA was made from; they lie beside the checkout.
@Suite("Policies from documents", .enabled("needs the conformance policies", conformancePoliciesAreDemanded))
struct ConformancePolicyTests {
    static let pasted = ConformancePolicies.files(in: "pasted")
    static let repaired = ConformancePolicies.files(in: "repaired")

    @Test("they are there")
    func present() {
        #expect(!Self.pasted.isEmpty && !Self.repaired.isEmpty)
    }

    @Test("text pasted out of a web page gets one diagnostic, about its indentation", arguments: pasted)
    func pastedText(file: ConformancePolicies.File) {
        #expect(Compiled([file.source]).codes == [.lostIndentation])
    }

    @Test("the same with indentation has no error", arguments: repaired)
    func repairedText(file: ConformancePolicies.File) {
        let compiled = Compiled([file.source])
        #expect(compiled.errors.isEmpty && compiled.model != nil, "\(compiled.diagnostics.map(\.message))")
    }
}

/// Present, or demanded by `CASA_REQUIRE`, so that their absence is a failure and not a skip.
@Sendable private func conformancePoliciesAreDemanded() -> Bool {
    let demanded = (ProcessInfo.processInfo.environment["CASA_REQUIRE"] ?? "").split(separator: ",")
    return ConformancePolicies.folder != nil || demanded.contains("conformance")
}

/// Where the conformance policies are: beside the checkout, or where `CASA_CONFORMANCE` says.
enum ConformancePolicies {
    struct File: Sendable, CustomTestStringConvertible {
        let source: SourceFile

        var testDescription: String { source.name }
    }

    static let folder: URL? = {
        let beside = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../shared/conformance/policies")
        let named = ProcessInfo.processInfo.environment["CASA_CONFORMANCE"].map { URL(filePath: $0) }
        // The variable names the folder of one suite; the others lie beside it.
        let candidates = named.map {
            [$0, $0.appending(path: "policies"), $0.appending(path: "../policies")]
        }
        return (candidates ?? [beside]).map(\.standardizedFileURL).first {
            FileManager.default.fileExists(atPath: $0.appending(path: "pasted").path)
        }
    }()

    static func files(in name: String) -> [File] {
        guard let folder else { return [] }
        return PolicyCorpus.children(of: folder.appending(path: name)).map {
            File(source: PolicyCorpus.source($0))
        }
    }
}

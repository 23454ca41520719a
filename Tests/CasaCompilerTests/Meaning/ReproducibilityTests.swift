import CasaDiagnostics
import CasaPolicyIR
import Testing

@Suite("The same documents mean the same")
struct ReproducibilityTests {
    private let documents = [
        Documents.namespace("tools", labels: "{casa.io/injection: enabled}"),
        Documents.workload("ledger", in: "tools"), Documents.workload("teller"), Documents.workload("clerk"),
        Documents.service("ledger", in: "tools", ports: "[{port: 80, targetPort: 5432}]"),
        Documents.policy(on: "teller", to: ("ledger", "tools", 80)),
        Documents.policy(on: "clerk", to: ("ledger", "tools", 80)),
        Documents.policy(on: "clerk", name: "users", "allowedSources: [{namespace: users, ports: [80, 81]}]"),
    ]

    @Test("rules have the same numbers in whatever order the documents are read")
    func orderOfDocuments() throws {
        let expected = Compiled(documents: documents).model?.namespaces.map {
            $0.rules.map(\.description)
        }
        try #require(expected?.isEmpty == false)
        for rotation in 1..<documents.count {
            let rotated = Array(documents[rotation...] + documents[..<rotation])
            let rules = Compiled(documents: rotated).model?.namespaces.map {
                $0.rules.map(\.description)
            }
            #expect(rules == expected)
        }
    }

    @Test("documents may stand in one file or in many")
    func cutOfFiles() {
        let files = documents.enumerated().map { SourceFile(name: "\($0.offset).yaml", text: $0.element) }
        let one = Compiled(documents: documents).model?.namespaces.map { $0.rules.map(\.description) }
        let many = Compiled(files).model?.namespaces.map { $0.rules.map(\.description) }
        #expect(one != nil && one == many)
    }
}

import CasaDiagnostics
import CasaPolicyLang
import Testing

@Suite("Kinds and versions")
struct SyntaxKindTests {
    private func findings(_ apiVersion: String, _ kind: String) -> [Finding] {
        SyntaxReading("apiVersion: \(apiVersion)\nkind: \(kind)\nmetadata: {name: a}\n").findings
    }

    @Test(
        "a kind that looks like ours is an error",
        arguments: [
            ("casa.io/v1alpha1", "MultiAgentSytem", "did you mean `MultiAgentSystem`?"),
            ("casa.io/v1alpha1", "CasaPolicy", "did you mean `CASAPolicy`?"),
            ("casa.io/v1alpha1", "ZTAPolicy", "did you mean `CASAPolicy`?"),
            ("v1", "CasaPolicy", "did you mean `CASAPolicy`?"),
            ("v1", "CASAPolcy", "did you mean `CASAPolicy`?"),
            ("casa.oi/v1alpha1", "CASAPolicies", "did you mean `CASAPolicy`?"),
            ("casa.io/v1alpha1", "Agent", "`casa.io` has the kinds `MultiAgentSystem` and `CASAPolicy`"),
            ("casa.io/v1alpha1", "Deployment", "`casa.io` has the kinds `MultiAgentSystem` and `CASAPolicy`"),
        ])
    func unknownKind(apiVersion: String, kind: String, help: String) {
        #expect(findings(apiVersion, kind) == [Finding(.unknownKind, kind, "unknown kind `\(kind)`", help)])
    }

    @Test(
        "another version of our group is an error",
        arguments: ["casa.io/v1", "casa.io/v1beta1", "casa.oi/v1alpha1"])
    func unsupportedVersion(apiVersion: String) {
        #expect(
            findings(apiVersion, "CASAPolicy") == [
                Finding(
                    .unsupportedVersion, apiVersion,
                    "`\(apiVersion)` is not a version of `CASAPolicy` that casa reads",
                    "write `apiVersion: casa.io/v1alpha1`")
            ])
    }

    @Test("the former group is an error with the way out")
    func formerGroup() {
        #expect(
            findings("zta.io/v1alpha1", "ZTAPolicy") == [
                Finding(
                    .unsupportedVersion, "zta.io/v1alpha1",
                    "`zta.io/v1alpha1` is the former name of `casa.io/v1alpha1`",
                    "write `apiVersion: casa.io/v1alpha1` and `kind: CASAPolicy`")
            ])
        #expect(
            findings("zta.io/v1alpha1", "MultiAgentSystem").first?.help == [
                "write `apiVersion: casa.io/v1alpha1` and `kind: MultiAgentSystem`"
            ])
    }

    @Test(
        "objects of others are skipped, and that is said",
        arguments: [
            ("v1", "ConfigMap"), ("apps/v1", "DaemonSet"), ("cilium.io/v2", "CiliumNetworkPolicy"),
            ("opa.example/v1", "OPAPolicy"), ("apps/v1beta1", "Deployment"), ("v1", "ConfigMapList"),
        ])
    func skipped(apiVersion: String, kind: String) {
        let reading = SyntaxReading("apiVersion: \(apiVersion)\nkind: \(kind)\n")
        #expect(
            reading.findings == [
                Finding(.skippedDocument, kind, "`\(kind)` has no meaning to casa; skipped")
            ])
        #expect(reading.diagnostics.first?.severity == .info)
        #expect(reading.syntax != nil)
    }

    @Test("an inventory among policies is skipped")
    func inventory() {
        #expect(
            findings("casa.io/v1alpha1", "Inventory") == [
                Finding(.skippedDocument, "Inventory", "an inventory is no policy; skipped")
            ])
    }

    @Test("lists are flattened, at any depth, and their items may leave out what the list says")
    func lists() {
        let reading = SyntaxReading(
            """
            apiVersion: v1
            kind: List
            items:
              - {apiVersion: v1, kind: Namespace, metadata: {name: a}}
              - apiVersion: v1
                kind: List
                items:
                  - {apiVersion: v1, kind: Service, metadata: {name: b}}
              - {apiVersion: v1, kind: Secret, metadata: {name: c}}
              - apiVersion: v1
                kind: NamespaceList
                metadata: {resourceVersion: "7"}
                items:
                  - metadata: {name: d}
                  - {apiVersion: v1, kind: Pod, metadata: {name: e}, spec: {}}
            """)
        #expect(reading.findings.map(\.code) == [.skippedDocument])
        #expect(reading.syntax?.namespaces.map(\.metadata.name.value) == ["a", "d"])
        #expect(reading.syntax?.services.map(\.metadata.name.value) == ["b"])
        #expect(reading.syntax?.workloads.map(\.metadata.name.value) == ["e"])
    }

    @Test("an object says its version and kind")
    func header() {
        #expect(
            SyntaxReading("apiVersion: v1\nmetadata: {name: a}\n").findings == [
                Finding(.missingKey, "apiVersion: v1", "missing key `kind` of an object", "add `kind`")
            ])
        #expect(
            SyntaxReading("apiversion: v1\nkind: Namespace\n").findings == [
                Finding(
                    .unknownKey, "apiversion", "unknown key `apiversion` in an object",
                    "did you mean `apiVersion`?")
            ])
        #expect(
            SyntaxReading("apiVersion:\nkind: Namespace\n").findings.map(\.message) == [
                "`apiVersion` has no value"
            ])
        #expect(SyntaxReading("apiVersion: 1\nkind: Namespace\n").findings.map(\.code) == [.wrongType])
    }

    @Test("all documents are read before an error stops the phase")
    func everything() {
        let reading = SyntaxReading(
            """
            apiVersion: casa.io/v1
            kind: CASAPolicy
            ---
            apiVersion: casa.io/v1alpha1
            kind: CASAPolicy
            metadata: {name: A}
            spec: {targetRef: {kind: Pod, name: a}, mode: audit}
            """)
        #expect(reading.findings.map(\.code) == [.unsupportedVersion, .invalidName, .unknownKey])
        #expect(reading.syntax == nil)
    }
}

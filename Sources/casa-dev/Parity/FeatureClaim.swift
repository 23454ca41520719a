/// What is claimed of one key of the policy language.
struct FeatureClaim {
    enum Enforcement: String {
        /// By what the programs of the bundle decide.
        case kernel
        /// By what the programs decide, and above TCP by the runtime, to which it is handed in the bundle.
        case kernelAndRuntime = "kernel, runtime"
        /// Handed to the runtime in the bundle.
        case runtime
        /// For people, for the reader, or for what the compiler compares.
        case nobody
    }

    let key: String
    let enforcement: Enforcement
    /// Those that depend on it, besides those of the hooks, on which everything depends.
    let obligations: [String]
    let tests: [String]

    init(
        _ key: String, _ enforcement: Enforcement, proved obligations: [String] = [], tested tests: String...
    ) {
        self.key = key
        self.enforcement = enforcement
        self.obligations = obligations
        self.tests = tests
    }
}

extension FeatureClaim {
    private static let decision = ["verdict"]
    private static let peer = ["verdict", "addresses v4", "addresses v6"]
    private static let block = ["verdict", "region4", "region6", "regions"]

    private static let envelope = [
        FeatureClaim("apiVersion", .nobody, tested: "SyntaxKindTests"),
        FeatureClaim("kind", .nobody, tested: "SyntaxKindTests"),
        FeatureClaim("metadata", .nobody, tested: "SyntaxTreeTests"),
        FeatureClaim("metadata.name", .nobody, tested: "SyntaxTreeTests"),
        FeatureClaim("metadata.namespace", .kernel, proved: decision, tested: "ManagedNamespaceTests"),
        FeatureClaim("metadata.labels", .nobody, tested: "SyntaxContextTests"),
        FeatureClaim("metadata.annotations", .nobody, tested: "SyntaxContextTests"),
        FeatureClaim("spec", .nobody, tested: "SyntaxTreeTests"),
        FeatureClaim("status", .nobody, tested: "SyntaxKeyTests"),
    ]

    static let multiAgentSystem =
        envelope + [
            FeatureClaim("spec.name", .nobody, tested: "SyntaxTreeTests"),
            FeatureClaim("spec.enabledToolChecks", .runtime, tested: "EnforcementPointTests"),
            FeatureClaim("spec.llm_host", .runtime, tested: "AdditionTests", "EnforcementPointTests"),
            FeatureClaim("spec.authorizationServer", .nobody, tested: "SyntaxTreeTests"),
            FeatureClaim(
                "spec.apps", .kernelAndRuntime, proved: decision, tested: "ManagedNamespaceTests",
                "EnforcementPointTests"),
            FeatureClaim(
                "spec.apps.name", .kernel, proved: peer, tested: "ManagedNamespaceTests", "NameAndSystemTests"
            ),
            FeatureClaim(
                "spec.apps.type", .kernelAndRuntime, proved: decision, tested: "ProtocolTests",
                "EnforcementPointTests"),
            FeatureClaim(
                "spec.apps.kubernetesWorkloadName", .kernel, proved: peer, tested: "ManagedNamespaceTests",
                "EndpointTests"),
            FeatureClaim(
                "spec.apps.baseUrl", .kernel, proved: peer, tested: "SyntaxBaseURLTests", "EndpointTests"),
            FeatureClaim(
                "spec.apps.baseUrl.host", .kernel, proved: peer, tested: "SyntaxBaseURLTests", "EndpointTests"
            ),
            FeatureClaim(
                "spec.apps.baseUrl.scheme", .kernel, proved: decision, tested: "SyntaxBaseURLTests"),
            FeatureClaim(
                "spec.apps.httpRequestSchema", .runtime, tested: "SyntaxValueTests", "SyntaxKeyTests"),
            FeatureClaim(
                "spec.apps.httpRequestSchema.promptFieldJsonPath", .runtime, tested: "SyntaxValueTests"),
        ]

    static let casaPolicy =
        envelope + [
            FeatureClaim("spec.targetRef", .kernel, proved: decision, tested: "ManagedNamespaceTests"),
            FeatureClaim("spec.targetRef.kind", .kernel, proved: decision, tested: "ManagedNamespaceTests"),
            FeatureClaim("spec.targetRef.name", .kernel, proved: decision, tested: "ManagedNamespaceTests"),
            FeatureClaim(
                "spec.allowedProtocols", .kernelAndRuntime, proved: decision, tested: "ProtocolTests",
                "EnforcementPointTests"),
            FeatureClaim(
                "spec.allowedEndpoints", .kernel, proved: peer, tested: "EndpointTests", "AdditionTests"),
            FeatureClaim("spec.allowedEndpoints.name", .kernel, proved: peer, tested: "EndpointTests"),
            FeatureClaim("spec.allowedEndpoints.namespace", .kernel, proved: peer, tested: "EndpointTests"),
            FeatureClaim("spec.allowedEndpoints.port", .kernel, proved: decision, tested: "EndpointTests"),
            FeatureClaim("spec.llmEndpoint", .kernel, proved: peer, tested: "AdditionTests"),
            FeatureClaim(
                "spec.llmEndpoint.fqdn", .kernel, proved: peer, tested: "AdditionTests", "NameAndSystemTests"),
            FeatureClaim("spec.llmEndpoint.port", .kernel, proved: decision, tested: "AdditionTests"),
            FeatureClaim(
                "spec.allowedSources", .kernel, proved: peer, tested: "IngressTests", "SyntaxSourceTests"),
            FeatureClaim("spec.allowedSources.workload", .kernel, proved: peer, tested: "IngressTests"),
            FeatureClaim(
                "spec.allowedSources.workload.kind", .kernel, proved: peer, tested: "SyntaxSourceTests"),
            FeatureClaim("spec.allowedSources.workload.name", .kernel, proved: peer, tested: "IngressTests"),
            FeatureClaim(
                "spec.allowedSources.workload.namespace", .kernel, proved: peer, tested: "IngressTests"),
            FeatureClaim("spec.allowedSources.namespace", .kernel, proved: peer, tested: "IngressTests"),
            FeatureClaim("spec.allowedSources.pods", .kernel, proved: peer, tested: "IngressTests"),
            FeatureClaim("spec.allowedSources.pods.namespace", .kernel, proved: peer, tested: "IngressTests"),
            FeatureClaim(
                "spec.allowedSources.pods.matchLabels", .kernel, proved: peer, tested: "IngressTests"),
            FeatureClaim(
                "spec.allowedSources.cidr", .kernel, proved: block, tested: "IngressTests"),
            FeatureClaim("spec.allowedSources.ports", .kernel, proved: decision, tested: "IngressTests"),
            FeatureClaim("spec.allowedSources.ports.port", .kernel, proved: decision, tested: "IngressTests"),
            FeatureClaim(
                "spec.allowedSources.ports.endPort", .kernel, proved: decision, tested: "IngressTests",
                "SyntaxSourceTests"),
            FeatureClaim(
                "spec.allowedSources.ports.protocol", .kernel, proved: decision, tested: "IngressTests",
                "SyntaxSourceTests"),
        ]
}

/// The keys of a kind as they nest; lists are left out, their items' keys stand under the list's own.
///
/// It says where a misplaced key belongs; what may be written is said by the forms. A test holds the two together.
package struct KeyTree: Sendable, ExpressibleByStringLiteral {
    package let key: String
    package let children: [KeyTree]

    init(_ key: String, _ children: [KeyTree]) {
        self.key = key
        self.children = children
    }

    package init(stringLiteral key: String) {
        self.init(key, [])
    }

    subscript(key: String) -> KeyTree? {
        children.first { $0.key == key }
    }

    /// The keys under which a key may stand, outermost first.
    func parents(of key: String) -> [String] {
        let here = self[key] == nil || self.key.isEmpty ? [] : [self.key]
        return children.reduce(here) { found, child in
            found + child.parents(of: key).filter { !found.contains($0) }
        }
    }
}

extension KeyTree {
    private static let metadata = KeyTree("metadata", ["name", "namespace", "labels", "annotations"])

    package static let multiAgentSystem = KeyTree(
        "",
        [
            "apiVersion", "kind", metadata,
            KeyTree(
                "spec",
                [
                    "name", "enabledToolChecks", "llm_host", "authorizationServer",
                    KeyTree(
                        "apps",
                        [
                            "name", "type", "kubernetesWorkloadName",
                            KeyTree("baseUrl", ["host", "scheme"]),
                            KeyTree("httpRequestSchema", ["promptFieldJsonPath"]),
                        ]),
                ]),
            "status",
        ])

    package static let casaPolicy = KeyTree(
        "",
        [
            "apiVersion", "kind", metadata,
            KeyTree(
                "spec",
                [
                    KeyTree("targetRef", ["kind", "name"]),
                    "allowedProtocols",
                    KeyTree("allowedEndpoints", ["name", "namespace", "port"]),
                    KeyTree("llmEndpoint", ["fqdn", "port"]),
                    KeyTree(
                        "allowedSources",
                        [
                            KeyTree("workload", ["kind", "name", "namespace"]),
                            "namespace",
                            KeyTree("pods", ["namespace", "matchLabels"]),
                            "cidr",
                            KeyTree("ports", ["port", "endPort", "protocol"]),
                        ]),
                ]),
            "status",
        ])

    /// Any object of Kubernetes, as far as its indentation goes.
    static let anyObject = KeyTree("", ["apiVersion", "kind", metadata, "spec", "status"])
}

/// Documents for tests of the meaning, short enough to be read where they are used.
enum Documents {
    static func policy(
        on target: String, in namespace: String = "banking", kind: String = "Deployment", name: String? = nil,
        _ spec: String
    ) -> String {
        """
        apiVersion: casa.io/v1alpha1
        kind: CASAPolicy
        metadata: {name: \(name ?? target), namespace: \(namespace)}
        spec:
          targetRef: {kind: \(kind), name: \(target)}
        \(indented(spec))
        """
    }

    /// A policy with one endpoint, `name.namespace:port`.
    static func policy(
        on target: String, in namespace: String = "banking", name: String? = nil, protocols: String = "[]",
        to endpoints: (name: String, namespace: String, port: Int)...
    ) -> String {
        let lines = endpoints.map { "  - {name: \($0.name), namespace: \($0.namespace), port: \($0.port)}" }
        return policy(
            on: target, in: namespace, name: name,
            "allowedProtocols: \(protocols)\nallowedEndpoints:\n\(lines.joined(separator: "\n"))")
    }

    static func system(_ name: String, in namespace: String = "banking", _ spec: String) -> String {
        """
        apiVersion: casa.io/v1alpha1
        kind: MultiAgentSystem
        metadata: {name: \(name), namespace: \(namespace)}
        spec:
          name: The system \(name)
        \(indented(spec))
        """
    }

    static func application(
        _ name: String, _ type: String, host: String, workload: String? = nil
    ) -> String {
        "  - {name: \(name), type: \(type), kubernetesWorkloadName: \(workload ?? name), "
            + "baseUrl: {host: \"\(host)\", scheme: http}}"
    }

    static func namespace(_ name: String, labels: String = "{}", annotations: String = "{}") -> String {
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: \(name), labels: \(labels), annotations: \(annotations)}
        """
    }

    /// A controller whose pods carry the label `app` with its name.
    static func workload(
        _ name: String, in namespace: String = "banking", kind: String = "Deployment", labels: String = "",
        container: String = "{name: main}", hostNetwork: Bool = false
    ) -> String {
        """
        apiVersion: apps/v1
        kind: \(kind)
        metadata: {name: \(name), namespace: \(namespace)}
        spec:
          template:
            metadata: {labels: {app: \(name)\(labels)}}
            spec: {hostNetwork: \(hostNetwork), containers: [\(container)]}
        """
    }

    /// A Service; unless its spec says otherwise it selects the pods of the workload with its name.
    static func service(
        _ name: String, in namespace: String = "banking", ports: String, _ more: String? = nil
    ) -> String {
        """
        apiVersion: v1
        kind: Service
        metadata: {name: \(name), namespace: \(namespace)}
        spec: {ports: \(ports), \(more ?? "selector: {app: \(name)}")}
        """
    }

    static func endpointSlice(
        of service: String, in namespace: String = "banking", addresses: String, ports: String
    ) -> String {
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: \(service)-1, namespace: \(namespace), labels: {kubernetes.io/service-name: \(service)}}
        addressType: IPv4
        endpoints: [{addresses: \(addresses)}]
        ports: \(ports)
        """
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }
}

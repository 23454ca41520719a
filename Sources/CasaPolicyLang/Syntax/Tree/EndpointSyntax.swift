package import CasaDiagnostics

/// A place the workload may reach.
package struct EndpointSyntax: Sendable {
    package let name: Traced<String>
    package let namespace: Traced<String>
    package let port: Traced<UInt16>
}

extension Form<EndpointSyntax> {
    static var endpoint: Form {
        .mapping("an endpoint") { keys in
            let name = keys.required("name", .objectName)
            let namespace = keys.required("namespace", .namespaceName)
            let port = keys.required("port", .port)
            guard let name, let namespace, let port else { return nil }
            return EndpointSyntax(name: name, namespace: namespace, port: port)
        }
    }
}

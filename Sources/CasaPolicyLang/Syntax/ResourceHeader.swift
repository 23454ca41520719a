internal import CasaDiagnostics
internal import CasaYAML

/// How an object introduces itself.
struct ResourceHeader: Sendable {
    let apiVersion: Traced<String>
    let kind: Traced<String>

    /// Empty for the core of Kubernetes.
    var group: Substring {
        apiVersion.value.lastIndex(of: "/").map { apiVersion.value[..<$0] } ?? ""
    }
}

extension ResourceHeader {
    /// Reads the two keys every object has; items of a list of one kind may leave them out.
    init?(_ node: YAMLNode, listedAs listed: ResourceKind?, _ reading: Reading) {
        let isUnnamed = node.mapping != nil && node["apiVersion"] == nil && node["kind"] == nil
        if let listed, isUnnamed {
            let place = node.origin.firstLine
            self.init(
                apiVersion: Traced(listed.apiVersion, at: place), kind: Traced(listed.rawValue, at: place))
            return
        }
        let form = Form<ResourceHeader>.excerpt("an object") { keys in
            let apiVersion = keys.required("apiVersion", .text)
            let kind = keys.required("kind", .text)
            guard let apiVersion, let kind else { return nil }
            return ResourceHeader(apiVersion: apiVersion, kind: kind)
        }
        guard let header = form.read(Field(node), reading) else { return nil }
        self = header
    }
}

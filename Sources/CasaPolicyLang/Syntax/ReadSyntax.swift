package import CasaDiagnostics
internal import CasaPolicyIR
package import CasaYAML

/// Turns trees of YAML into typed syntax: every key is known, every value well formed, everything has its place.
///
/// It says all it can about every document before it stops.
package struct ReadSyntax: Sendable {
    package init() {}

    package func run(
        _ documents: [YAMLDocument], reporting diagnostics: inout DiagnosticBag
    ) throws(Reported) -> PolicySyntax {
        var syntax = PolicySyntax()
        for document in documents {
            if let lost = Self.lostIndentation(in: document.root) {
                diagnostics.report(lost)
                continue
            }
            let reading = Reading()
            syntax.add(document.root, listedAs: nil, reading)
            reading.diagnostics.forEach { diagnostics.report($0) }
        }
        try diagnostics.throwIfFailed()
        return syntax
    }

    /// The diagnostic for a document whose keys stand beside their parents, as in text out of a web page.
    package static func lostIndentation(in node: YAMLNode) -> Diagnostic? {
        guard node.mapping != nil else { return nil }
        let file = node.origin.file
        return LostIndentation.diagnostic(in: file, lines: node.origin.start.line...node.origin.end.line)
    }
}

extension PolicySyntax {
    /// Reads an object, or every object of a list.
    fileprivate mutating func add(_ node: YAMLNode, listedAs listed: ResourceKind?, _ reading: Reading) {
        guard let header = ResourceHeader(node, listedAs: listed, reading) else { return }
        switch Recognition(header) {
        case .resource(let kind):
            reading.vocabulary = kind.keys
            add(Field(node), as: kind, header, reading)
        case .list(let kind):
            let items = Form<[YAMLNode]>.items.read(Field(node), reading) ?? []
            for item in items { add(item, listedAs: kind, reading) }
        case .unread(let diagnostic):
            reading.report(diagnostic)
        }
    }

    private mutating func add(
        _ field: Field, as kind: ResourceKind, _ header: ResourceHeader, _ reading: Reading
    ) {
        func read<Value>(_ form: Form<Value>) -> [Value] { form.read(field, reading).map { [$0] } ?? [] }
        func traced(_ kind: TargetKind) -> Traced<TargetKind> { Traced(kind, at: header.kind.origin) }
        switch kind {
        case .multiAgentSystem: systems += read(.multiAgentSystem)
        case .casaPolicy: policies += read(.casaPolicy)
        case .namespace: namespaces += read(.namespace)
        case .service: services += read(.service)
        case .endpointSlice: endpointSlices += read(.endpointSlice)
        case .deployment: workloads += read(.controller(traced(.deployment)))
        case .statefulSet: workloads += read(.controller(traced(.statefulSet)))
        case .pod: workloads += read(.pod(traced(.pod)))
        case .networkPolicy: networkPolicies += read(.networkPolicy)
        }
    }
}

extension Form<[YAMLNode]> {
    /// The items of a list object, whose kinds are still unknown.
    fileprivate static var items: Form {
        .excerpt("a list") { keys in
            keys.required("items", .list(of: Form<YAMLNode> { field, _ in field.node }))?.value.map(\.value)
        }
    }
}

internal import CasaDiagnostics

/// What an object turned out to be.
enum Recognition: Sendable {
    case resource(ResourceKind)
    /// A list; its items are of this kind if they do not say otherwise.
    case list(of: ResourceKind?)
    /// Not for us, with what to say about it.
    case unread(Diagnostic)

    init(_ header: ResourceHeader) {
        let kind = header.kind.value
        let version = header.apiVersion.value
        let known = ResourceKind(rawValue: kind)
        let listed = kind.hasSuffix("List") ? ResourceKind(rawValue: String(kind.dropLast(4))) : nil
        if header.group == ResourceKind.formerGroup {
            self = .unread(.formerGroup(header))
        } else if header.group == ResourceKind.ownGroup, version != ResourceKind.ownVersion {
            self = .unread(.unsupportedVersion(header))
        } else if kind == "Inventory", header.group == ResourceKind.ownGroup {
            self = .unread(.inventory(header))
        } else if let known, known.apiVersion == version {
            self = .resource(known)
        } else if kind == "List", version == "v1" {
            self = .list(of: nil)
        } else if let listed, listed.apiVersion == version {
            self = .list(of: listed)
        } else if let known, ResourceKind.own.contains(known) {
            self = .unread(.unsupportedVersion(header))
        } else if let meant = Self.meaning(of: header) {
            self = .unread(.unknownKind(header, meant: meant))
        } else if header.group == ResourceKind.ownGroup {
            self = .unread(.unknownKind(header, meant: nil))
        } else {
            self = .unread(.skipped(header, known: known))
        }
    }

    /// The kind of ours that was probably meant; in a group that is clearly another's, nothing was.
    private static func meaning(of header: ResourceHeader) -> String? {
        let names = ResourceKind.own.map(\.rawValue)
        let kind = header.kind.value
        if let same = names.first(where: { $0.lowercased() == kind.lowercased() }) { return same }
        if kind == "ZTAPolicy" { return ResourceKind.casaPolicy.rawValue }
        let group = String(header.group)
        guard group.isEmpty || closestMatch(to: group, among: [ResourceKind.ownGroup]) != nil else {
            return nil
        }
        return closestMatch(to: kind, among: names)
    }
}

extension Diagnostic {
    fileprivate static func formerGroup(_ header: ResourceHeader) -> Diagnostic {
        let own = ResourceKind.own.map(\.rawValue)
        let kind = closestMatch(to: header.kind.value, among: own) ?? ResourceKind.casaPolicy.rawValue
        return Diagnostic(
            .unsupportedVersion, at: header.apiVersion.origin,
            "`\(header.apiVersion.value)` is the former name of `\(ResourceKind.ownVersion)`"
        ).help("write `apiVersion: \(ResourceKind.ownVersion)` and `kind: \(kind)`")
    }

    fileprivate static func unsupportedVersion(_ header: ResourceHeader) -> Diagnostic {
        Diagnostic(
            .unsupportedVersion, at: header.apiVersion.origin,
            "`\(header.apiVersion.value)` is not a version of `\(header.kind.value)` that casa reads"
        ).help("write `apiVersion: \(ResourceKind.ownVersion)`")
    }

    fileprivate static func unknownKind(_ header: ResourceHeader, meant: String?) -> Diagnostic {
        let own = ResourceKind.own.map(\.rawValue).inBackticks()
        return Diagnostic(.unknownKind, at: header.kind.origin, "unknown kind `\(header.kind.value)`")
            .help(meant.map { "did you mean `\($0)`?" } ?? "`\(ResourceKind.ownGroup)` has the kinds \(own)")
    }

    fileprivate static func inventory(_ header: ResourceHeader) -> Diagnostic {
        Diagnostic(.skippedDocument, at: header.kind.origin, "an inventory is no policy; skipped")
            .note("`casa load` reads it")
    }

    fileprivate static func skipped(_ header: ResourceHeader, known: ResourceKind?) -> Diagnostic {
        let diagnostic = Diagnostic(
            .skippedDocument, at: header.kind.origin, "`\(header.kind.value)` has no meaning to casa; skipped"
        )
        return known.map { diagnostic.note("casa reads `\($0.rawValue)` of `\($0.apiVersion)`") }
            ?? diagnostic
    }
}

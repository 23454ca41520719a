/// A name in a namespace, of whatever kind: what indices are kept by.
struct QualifiedName: Hashable, Sendable {
    let namespace: String
    let name: String
}

/// A workload of a cluster: what a subject is, and the commonest kind of peer.
package struct WorkloadID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case deployment = "Deployment"
        case statefulSet = "StatefulSet"
        case pod = "Pod"
    }

    package let namespace: String
    package let kind: Kind
    package let name: String

    package init(namespace: String, kind: Kind, name: String) {
        self.namespace = namespace
        self.kind = kind
        self.name = name
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.namespace, left.name, left.kind.rawValue) < (right.namespace, right.name, right.kind.rawValue)
    }

    /// Written as `namespace/Kind/name`.
    package var description: String { "\(namespace)/\(kind.rawValue)/\(name)" }
}

/// A Kubernetes Service.
package struct ServiceID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let namespace: String
    package let name: String

    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.namespace, left.name) < (right.namespace, right.name)
    }

    package var description: String { "\(namespace)/\(name)" }
}

/// A domain name in ASCII lower case without the root dot; comparison is exact.
package struct DomainName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let description: String

    package init(_ text: String) {
        let lower = text.lowercased()
        description = lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }

    package static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}

/// Pods of a namespace (or of every namespace) that carry all the labels.
package struct PodSelector: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let namespace: String?
    /// Sorted by key, each key once.
    package let labels: [Label]

    package struct Label: Hashable, Sendable, Comparable {
        package let key: String
        package let value: String

        package init(key: String, value: String) {
            self.key = key
            self.value = value
        }

        package static func < (left: Self, right: Self) -> Bool {
            (left.key, left.value) < (right.key, right.value)
        }
    }

    package init(namespace: String?, labels: [Label]) {
        self.namespace = namespace
        self.labels = labels.sorted()
    }

    package func selects(namespace: String, labels carried: [String: String]) -> Bool {
        (self.namespace ?? namespace) == namespace && labels.allSatisfy { carried[$0.key] == $0.value }
    }

    package static func < (left: Self, right: Self) -> Bool { left.description < right.description }

    package var description: String {
        let written = labels.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        return "\(namespace ?? "*")/{\(written)}"
    }
}

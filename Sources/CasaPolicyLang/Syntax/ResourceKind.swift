/// The kinds of object that mean something to CASA.
enum ResourceKind: String, Sendable, CaseIterable {
    case multiAgentSystem = "MultiAgentSystem"
    case casaPolicy = "CASAPolicy"
    case namespace = "Namespace"
    case service = "Service"
    case endpointSlice = "EndpointSlice"
    case deployment = "Deployment"
    case statefulSet = "StatefulSet"
    case pod = "Pod"
    case networkPolicy = "NetworkPolicy"

    static let ownGroup = "casa.io"
    static let ownVersion = "casa.io/v1alpha1"
    static let own: [ResourceKind] = [.multiAgentSystem, .casaPolicy]
    /// The group of the project under its first name.
    static let formerGroup = "zta.io"

    var apiVersion: String {
        switch self {
        case .multiAgentSystem, .casaPolicy: Self.ownVersion
        case .namespace, .service, .pod: "v1"
        case .deployment, .statefulSet: "apps/v1"
        case .endpointSlice: "discovery.k8s.io/v1"
        case .networkPolicy: "networking.k8s.io/v1"
        }
    }

    /// The keys of our own kinds, which are read strictly.
    var keys: KeyTree {
        switch self {
        case .multiAgentSystem: .multiAgentSystem
        case .casaPolicy: .casaPolicy
        case .namespace, .service, .endpointSlice, .deployment, .statefulSet, .pod, .networkPolicy: .anyObject
        }
    }
}

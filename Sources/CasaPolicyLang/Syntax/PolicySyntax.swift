/// Everything that was read, kind by kind, in order of reading.
///
/// Every name, port and enumeration in it is well formed. That they fit together is not said yet.
package struct PolicySyntax: Sendable {
    package internal(set) var systems: [MultiAgentSystemSyntax] = []
    package internal(set) var policies: [CASAPolicySyntax] = []
    package internal(set) var namespaces: [NamespaceSyntax] = []
    package internal(set) var services: [ServiceSyntax] = []
    package internal(set) var endpointSlices: [EndpointSliceSyntax] = []
    package internal(set) var workloads: [WorkloadSyntax] = []
    package internal(set) var networkPolicies: [NetworkPolicySyntax] = []

    init() {}
}

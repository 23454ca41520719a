package import CasaPolicyIR

/// The numbers of peer classes in an object: a few fixed ones, the rest given by the compiler from 16 on.
package enum ClassNumber {
    package static let unknown: UInt16 = 0
    package static let firstAssigned: UInt16 = 16
    package static let limit = 0xFFFF

    /// The number of a class that has the same one in every object.
    package static func fixed(_ peer: PeerClass) -> UInt16? {
        switch peer {
        case .loopback: 1
        case .node: 2
        case .resolver: 3
        case .runtime: 4
        case .workload, .service, .name, .namespace, .pods, .block: nil
        }
    }
}

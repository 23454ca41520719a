internal import CasaBPF

/// What CASA needs of a kernel; all of it is there from Linux 5.8 on.
package enum KernelFeature: Hashable, Sendable {
    case hook(String)
    case cgroupLinks
    case ringBuffer
    case frozenMaps
    case socketStorage
    case typeInformation

    /// The first release that has it.
    package var release: String {
        switch self {
        case .hook(let name): Self.release(ofHook: name)
        case .cgroupLinks: "5.7"
        case .ringBuffer: "5.8"
        case .frozenMaps: "5.2"
        case .socketStorage: "5.2"
        case .typeInformation: "5.6"
        }
    }

    private static func release(ofHook name: String) -> String {
        switch BPFProgramKind(rawValue: name) {
        case .connect4, .connect6: "4.17"
        case .sendmsg4, .sendmsg6: "4.18"
        case .egress, .ingress, .socketCreate, nil: "4.10"
        }
    }

    package var description: String {
        switch self {
        case .hook(let name): "the hook `\(name)`"
        case .cgroupLinks: "links of programs to cgroups"
        case .ringBuffer: "ring buffers for events"
        case .frozenMaps: "frozen maps"
        case .socketStorage: "storage of sockets"
        case .typeInformation: "type information with global functions (BTF)"
        }
    }
}

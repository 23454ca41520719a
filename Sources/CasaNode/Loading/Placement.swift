internal import CasaPolicyIR

/// A cgroup that is to be judged, and for whom.
struct Placement: Sendable {
    let subject: Int
    let workload: WorkloadID
    let pod: String
    let cgroup: CgroupDirectory
}

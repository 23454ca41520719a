internal import CasaBundle

/// What is loaded for other namespaces of this node.
struct OtherNamespaces {
    let paths: NodePaths

    /// A cgroup is judged for one namespace only.
    func check(_ plan: LoadPlan) throws(NodeError) {
        for name in FileTree.names(in: paths.state) where name != plan.manifest.namespace {
            guard let other = try? paths.namespace(name), let state = try? StateFile(paths: other).read()
            else { continue }
            let taken = Set(state.cgroups.map(\.id))
            for placement in plan.placements where taken.contains(placement.cgroup.id) {
                throw .cgroup(
                    CgroupProblem(.taken(by: "namespace \(name)"), path: placement.cgroup.path, at: nil))
            }
        }
    }
}

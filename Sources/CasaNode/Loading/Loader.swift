internal import CSystemShims
internal import CasaBPF
package import CasaBundle
internal import CasaPolicyIR

/// Brings a bundle into force on this node: as a whole, or not at all.
///
/// Everything is checked, built and verified before the first link is switched. Links switch one by one,
/// each in one step of the kernel; if one fails, those before it are switched back and what was loaded stays
/// in force.
package struct Loader: Sendable {
    private let paths: NodePaths

    package init(paths: NodePaths = .standard) {
        self.paths = paths
    }

    package func load(
        _ bundle: Bundle, inventory: Inventory, options: LoadOptions = LoadOptions()
    ) throws(NodeError) -> LoadOutcome {
        let own = try paths.namespace(bundle.manifest.namespace)
        try Evidence(options).check(bundle)
        let mounts = try Preflight(paths: paths).check()
        let plan = try LoadPlan(
            bundle.manifest, inventory: inventory, options: options, cgroupMount: mounts.cgroup2)
        let object: BPFObject
        do {
            object = try BPFObject(bundle.object)
        } catch {
            throw .corruptObject(error)
        }
        do {
            try FileTree.make(own.state)
            try FileTree.make(own.links)
        } catch {
            throw NodeError(error, map: nil)
        }
        // Of a first load that fails nothing is left; of anything else these are not empty.
        defer { for directory in [own.links, own.pins, own.state] { FileTree.removeEmpty(directory) } }
        let lock = try NodeLock(path: paths.lock, patience: options.patience)
        defer { withExtendedLifetime(lock) {} }
        try OtherNamespaces(paths: paths).check(plan)

        let file = StateFile(paths: own)
        let newest = try Evidence(options).newest(besides: file)
        // A state that cannot be read must not keep anyone from loading: the pins tell what goes on.
        let before = (try? file.read()) ?? nil
        let loaded = LoadedGeneration(own, state: before)
        let sameObject = before?.manifest.object.sha256 == bundle.manifest.object.sha256
        let loading = try ObjectLoading(object, plan: plan) { name in
            // Counters count rules by number, and numbers are the bundle's.
            name == ObjectLoading.countersName && !sameObject ? nil : loaded.map(name)
        }
        let generation = Generation(number: loaded.next, paths: own, object: try loading.load(), plan: plan)
        let state = generation.state(bundle, inventory, options, newest: newest)
        let switched = try generation.enforce(over: loaded, state: state, file: file)
        return finish(state, options, generation, loaded, before, switched)
    }

    /// What is left to do when the new generation is in force; none of it can undo the load.
    private func finish(
        _ state: NamespaceState, _ options: LoadOptions, _ generation: Generation, _ loaded: LoadedGeneration,
        _ before: NamespaceState?, _ switched: Generation.Switched
    ) -> LoadOutcome {
        var warnings = generation.plan.warnings + switched.vanished.map(LoadWarning.vanished)
        let removed = LinkRemoval(paths: generation.paths).removeAll(
            except: generation.plan.placements.map(\.cgroup.id))
        warnings += (removed.failures + loaded.removeOthers(than: generation.number)).map(
            LoadWarning.leftover)
        if loaded.number != nil {
            let fresh = generation.object.maps.keys.filter { name in
                name.hasPrefix("casa_") && name != ObjectLoading.countersName
                    && !generation.object.keptMaps.contains(name)
            }
            warnings += fresh.sorted().map(LoadWarning.freshMap)
        }
        if let failure = generation.setReporting(options.reportAllowed) {
            warnings.append(.leftover(failure))
        }
        return LoadOutcome(
            namespace: state.manifest.namespace, bundle: state.bundle,
            generation: generation.number,
            replaced: before != nil,
            workloads: Set(generation.plan.placements.map(\.workload.description)).sorted(),
            cgroupsAdded: switched.added, cgroupsSwitched: switched.updated, cgroupsRemoved: removed.cgroups,
            kernelOnly: options.kernelOnly, unserved: generation.plan.unserved, warnings: warnings)
    }
}

internal import CSystemShims
internal import CasaBPF
internal import CasaBundle
internal import CasaPolicyIR

/// One load of a namespace, from pins to links.
struct Generation {
    let number: Int
    let paths: NamespacePaths
    let object: KernelObject
    let plan: LoadPlan

    /// What the switch did, in cgroups.
    struct Switched {
        var added = 0
        var updated = 0
        var vanished: [String] = []
    }

    func state(
        _ bundle: Bundle, _ inventory: Inventory, _ options: LoadOptions, newest: AttestedGeneration?
    ) -> NamespaceState {
        NamespaceState(
            generation: number, bundle: bundle.digest,
            inventory: inventory.digest,
            loadedAt: casa_node_wall_time(), switchBegan: .max, switchEnded: .max,
            kernelOnly: options.kernelOnly, attestation: options.attestation,
            newestAttested: options.attestation ?? newest, unserved: plan.unserved, manifest: bundle.manifest,
            cgroups: plan.placements.map { placement in
                NamespaceState.CgroupEntry(
                    path: placement.cgroup.path, id: placement.cgroup.id,
                    workload: placement.workload.description,
                    pod: placement.pod, subject: placement.subject, tags: tags(of: placement.subject))
            },
            addressNames: inventory.addressNames)
    }

    private func tags(of subject: Int) -> [NamespaceState.HookTag] {
        BPFProgramKind.allCases.compactMap { hook in
            object.programs[subject]?[hook].map { NamespaceState.HookTag(hook: hook.pinName, tag: $0.tag) }
        }
    }

    /// Puts the programs in force in place of another generation's, or leaves everything as it was.
    func enforce(
        over loaded: LoadedGeneration, state: NamespaceState, file: StateFile
    ) throws(NodeError) -> Switched {
        var existing: [String: LinkSwitch.Existing] = [:]
        var links = LinkSwitch(paths: paths)
        do {
            try pin()
            let programs = loaded.programs()
            for placement in plan.placements {
                for hook in BPFProgramKind.allCases {
                    let path = paths.link(cgroup: placement.cgroup.id, hook: hook.pinName)
                    existing[path] = try loaded.link(at: hook, of: placement.cgroup.id, programs: programs)
                }
            }
        } catch {
            unpin()
            throw NodeError(error, map: nil)
        }
        var state = state
        do {
            state.switchBegan = casa_node_boot_time()
            try file.writePending(state)
            let switched = try attach(&links, existing)
            state.switchEnded = casa_node_boot_time()
            try file.writePending(state)
            try commit(file)
            return switched
        } catch {
            let stuck = links.undo()
            file.dropPending()
            unpin()
            throw stuck.isEmpty ? error : .notSwitchedBack(cause: error.reason, links: stuck)
        }
    }

    private func attach(
        _ links: inout LinkSwitch, _ existing: [String: LinkSwitch.Existing]
    ) throws(NodeError) -> Switched {
        var switched = Switched()
        for placement in plan.placements {
            var results: [LinkSwitch.Result] = []
            for hook in BPFProgramKind.allCases {
                guard let program = object.programs[placement.subject]?[hook] else {
                    preconditionFailure("a subject that is placed has a program for every hook")
                }
                let path = paths.link(cgroup: placement.cgroup.id, hook: hook.pinName)
                do {
                    results.append(
                        try links.attach(program, at: hook, of: placement.cgroup, over: existing[path]))
                } catch {
                    throw NodeError(error, map: nil)
                }
            }
            if results.contains(.vanished) {
                switched.vanished.append(placement.cgroup.path)
            } else if results.contains(.updated) {
                switched.updated += 1
            } else {
                switched.added += 1
            }
        }
        return switched
    }

    private func commit(_ file: StateFile) throws(NodeError) {
        do {
            try file.commit()
        } catch {
            throw NodeError(error, map: nil)
        }
    }

    // MARK: Pins

    private func pin() throws(SystemCallFailure) {
        try FileTree.make(paths.generation(number))
        for (name, map) in object.maps.sorted(by: { $0.key < $1.key }) {
            try KernelPin.pin(map.descriptor, at: paths.map(name, generation: number))
        }
        for (subject, programs) in object.programs.sorted(by: { $0.key < $1.key }) {
            for hook in BPFProgramKind.allCases {
                guard let program = programs[hook] else { continue }
                let path = paths.program(subject: subject, hook: hook.pinName, generation: number)
                try KernelPin.pin(program.descriptor, at: path)
            }
        }
    }

    private func unpin() {
        try? FileTree.remove(paths.generation(number))
    }

    /// Whether flows that pass are reported; the failure, if it could not be set.
    func setReporting(_ reports: Bool?) -> SystemCallFailure? {
        guard let reports, let settings = object.maps[ObjectLoading.settingsName] else { return nil }
        var writer = ByteWriter()
        writer.append(UInt32(reports ? 1 : 0))
        writer.append(zeros: Int(settings.shape.valueBytes) - 4)
        do {
            try settings.set(writer.bytes)
            return nil
        } catch {
            return error
        }
    }
}

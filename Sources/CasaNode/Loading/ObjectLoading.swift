internal import CLibBPF
internal import CasaBPF
internal import CasaBundle

/// Brings an object into the kernel; nothing of it is attached or pinned yet.
struct ObjectLoading {
    static let subjectSection = ".rodata.subject"
    static let subjectVariable = "casa_subject"
    static let countersName = "casa_counters"
    static let eventsName = "casa_events"
    static let lossesName = "casa_losses"
    static let settingsName = "casa_settings"
    /// Counters before the first rule's, one a reason.
    static let reasonCounters = 16

    let object: BPFObject
    let plan: LoadPlan
    /// The maps of the generation before, where they may go on.
    let previousMaps: (_ name: String) -> KernelMap?
    private let types: KernelTypes

    init(
        _ object: BPFObject, plan: LoadPlan, previousMaps: @escaping (_ name: String) -> KernelMap?
    ) throws(NodeError) {
        self.object = object
        self.plan = plan
        self.previousMaps = previousMaps
        do {
            types = try KernelTypes(loading: object.btfBytes)
        } catch {
            throw NodeError(error, map: nil)
        }
    }

    func load() throws(NodeError) -> KernelObject {
        var maps: [String: KernelMap] = [:]
        var kept: Set<String> = []
        for definition in object.maps {
            let shape = shape(of: definition)
            if let previous = previousMaps(definition.name), previous.shape == shape {
                maps[definition.name] = previous
                kept.insert(definition.name)
            } else {
                maps[definition.name] = try make(definition, shape)
            }
        }
        for data in object.dataMaps where data.name != Self.subjectSection {
            maps[data.name] = try make(data, content: content(of: data))
        }
        return KernelObject(maps: maps, keptMaps: kept, programs: try programs(with: maps))
    }

    // MARK: Maps

    private func shape(of definition: BPFMapDefinition) -> MapShape {
        let isCounters = definition.name == Self.countersName
        return MapShape(
            type: definition.type, keyBytes: definition.keyByteCount, valueBytes: definition.valueByteCount,
            entries: isCounters
                ? UInt32(plan.manifest.rules.count + Self.reasonCounters) : definition.maximumEntries,
            flags: definition.flags)
    }

    private func make(_ definition: BPFMapDefinition, _ shape: MapShape) throws(NodeError) -> KernelMap {
        let hasTypes = definition.valueType != .void
        let valueTypes = KernelMap.ValueTypes(
            types: types, key: definition.keyType, value: definition.valueType)
        do {
            return try KernelMap(creating: definition.kernelName, shape, types: hasTypes ? valueTypes : nil)
        } catch {
            throw NodeError(error, map: definition.type)
        }
    }

    /// What the section says; of the address tables, what the inventory says.
    private func content(of data: BPFDataMap) -> [UInt8] {
        plan.tables.first { $0.family.section == data.name }?.bytes ?? data.bytes
    }

    private func make(_ data: BPFDataMap, content: [UInt8]) throws(NodeError) -> KernelMap {
        let shape = data.isReadOnly ? MapShape.frozen(bytes: content.count) : .variables(bytes: content.count)
        var valueTypes: KernelMap.ValueTypes?
        // A table of another size is not of the type that the section has.
        if let type = data.type, object.btf.byteCount(of: type) == content.count {
            valueTypes = KernelMap.ValueTypes(types: types, key: .void, value: type)
        }
        do {
            let map = try KernelMap(creating: Self.kernelName(of: data.name), shape, types: valueTypes)
            try map.set(content)
            if data.isReadOnly { try map.freeze() }
            return map
        } catch {
            throw NodeError(error, map: shape.type)
        }
    }

    /// `.rodata.addresses4` is `casa_addresses4`: as much as the kernel's fifteen letters hold.
    private static func kernelName(of section: String) -> String {
        let short = section.split(separator: ".").last.map(String.init) ?? "data"
        return String("casa_\(short)".prefix(Int(BPF_OBJ_NAME_LEN) - 1))
    }

    // MARK: Programs

    private func programs(
        with maps: [String: KernelMap]
    ) throws(NodeError) -> [Int: [BPFProgramKind: KernelProgram]] {
        guard let subjectData = object.dataMap(named: Self.subjectSection),
            let variable = subjectData.variable(named: Self.subjectVariable), variable.byteCount == 4
        else { throw .incompleteObject(missing: "variable `\(Self.subjectVariable)`") }
        var linked: [(hook: BPFProgramKind, program: LinkedProgram)] = []
        for hook in BPFProgramKind.allCases {
            guard object.program(named: hook.programName)?.kind == hook else {
                throw .incompleteObject(missing: "program `\(hook.programName)`")
            }
            do {
                linked.append((hook, try object.linkedProgram(named: hook.programName)))
            } catch {
                throw .corruptObject(error)
            }
        }
        var programs: [Int: [BPFProgramKind: KernelProgram]] = [:]
        for subject in plan.subjects {
            var bytes = subjectData.bytes
            var writer = ByteWriter()
            writer.append(UInt32(subject))
            bytes.replaceSubrange(variable.offset..<variable.offset + 4, with: writer.bytes)
            var own = maps
            own[Self.subjectSection] = try make(subjectData, content: bytes)
            for (hook, program) in linked {
                programs[subject, default: [:]][hook] = try load(program, maps: own)
            }
        }
        return programs
    }

    private func load(_ program: LinkedProgram, maps: [String: KernelMap]) throws(NodeError) -> KernelProgram
    {
        let code = try program.code { (name: String) throws(NodeError) -> Int32 in
            guard let map = maps[name] else { throw .incompleteObject(missing: "map `\(name)`") }
            return map.descriptor.rawValue
        }
        let image = ProgramImage(
            name: program.name, kind: program.kind, code: code, license: object.license, types: types,
            functionRecords: program.functionRecordBytes, lineRecords: program.lineRecordBytes)
        do {
            return try image.load()
        } catch {
            switch error {
            case .failed(let failure): throw NodeError(failure, map: nil)
            case .rejected(let failure, let log):
                throw .rejected(VerifierRejection(failure, log: log, program: program, types: object.btf))
            }
        }
    }
}

internal import CLibBPF
package import CasaBPF
package import CasaBundle

/// An object in the kernel for one subject, attached to nothing: packets are given to its programs one at a time.
///
/// It asks the kernel what it makes of the bytes that are loaded (`BPF_PROG_TEST_RUN`), for tests and measurements.
package final class TestRun: Sendable {
    private let maps: [String: KernelMap]
    private let programs: [BPFProgramKind: KernelProgram]

    /// The hooks that take packets; the kernel offers no such run for the others.
    private static let hooks: [BPFProgramKind] = [.egress, .ingress]

    package init(
        _ object: BPFObject, subject: UInt32, ruleCount: Int, tables: [AddressTable], reportsAllowed: Bool
    ) throws(NodeError) {
        do {
            let types = try KernelTypes(loading: object.btfBytes)
            var maps: [String: KernelMap] = [:]
            for definition in object.maps {
                let isCounters = definition.name == ObjectLoading.countersName
                let count = UInt32(ruleCount + ObjectLoading.reasonCounters)
                let shape = MapShape(
                    type: definition.type, keyBytes: definition.keyByteCount,
                    valueBytes: definition.valueByteCount,
                    entries: isCounters ? count : definition.maximumEntries, flags: definition.flags)
                let valueTypes = KernelMap.ValueTypes(
                    types: types, key: definition.keyType, value: definition.valueType)
                maps[definition.name] = try KernelMap(
                    creating: definition.kernelName, shape,
                    types: definition.valueType == .void ? nil : valueTypes)
            }
            for data in object.dataMaps {
                var content = tables.first { $0.family.section == data.name }?.bytes ?? data.bytes
                if data.name == ObjectLoading.subjectSection { content = Self.word(subject) }
                let map = try KernelMap(
                    creating: data.kernelName.replacing(".", with: "_"), .frozen(bytes: content.count),
                    types: nil)
                try map.set(content)
                try map.freeze()
                maps[data.name] = map
            }
            if let settings = maps[ObjectLoading.settingsName] {
                try settings.set(Self.word(reportsAllowed ? 1 : 0) + Self.word(0))
            }
            self.maps = maps
            programs = try Self.load(object, types, maps)
        } catch let error as SystemCallFailure {
            throw .systemCall(error)
        } catch let error as NodeError {
            throw error
        } catch {
            preconditionFailure("loading fails with a system call or an error of the node")
        }
    }

    private static func load(
        _ object: BPFObject, _ types: KernelTypes, _ maps: [String: KernelMap]
    ) throws(NodeError) -> [BPFProgramKind: KernelProgram] {
        var programs: [BPFProgramKind: KernelProgram] = [:]
        for hook in hooks {
            let linked: LinkedProgram
            do { linked = try object.linkedProgram(named: hook.programName) } catch {
                throw .corruptObject(error)
            }
            let code = try linked.code { (name: String) throws(NodeError) -> Int32 in
                guard let map = maps[name] else { throw .incompleteObject(missing: "map `\(name)`") }
                return map.descriptor.rawValue
            }
            let image = ProgramImage(
                name: linked.name, kind: hook, code: code, license: object.license, types: types,
                functionRecords: linked.functionRecordBytes, lineRecords: linked.lineRecordBytes)
            do {
                programs[hook] = try image.load()
            } catch {
                switch error {
                case .failed(let failure): throw .systemCall(failure)
                case .rejected(let failure, let log):
                    throw .rejected(VerifierRejection(failure, log: log, program: linked, types: object.btf))
                }
            }
        }
        return programs
    }

    private static func word(_ value: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(value)
        return writer.bytes
    }

    /// What a hook answers to a packet that begins with its IP header, on an interface of this network namespace.
    package func answer(
        of hook: BPFProgramKind, to packet: [UInt8], interface: UInt32
    ) throws(SystemCallFailure) -> UInt32 {
        try answer(of: hook, to: TestFrame(packet), interface: interface)
    }

    /// What a hook answers to a packet that was framed before.
    package func answer(
        of hook: BPFProgramKind, to frame: TestFrame, interface: UInt32
    ) throws(SystemCallFailure) -> UInt32 {
        guard let program = programs[hook] else {
            preconditionFailure("only the hooks for packets run on packets")
        }
        return try frame.run(program.descriptor, interface: interface)
    }

    /// Packets and bytes by number, summed over the processors.
    package func counter(_ index: Int) throws(SystemCallFailure) -> (packets: UInt64, bytes: UInt64) {
        guard let counters = maps[ObjectLoading.countersName] else {
            preconditionFailure("every object has counters")
        }
        let sums = try CounterReading.sum(counters, at: UInt32(index))
        return (sums[0], sums[1])
    }

    /// The reading end of its events; there can be one.
    package func events() throws(SystemCallFailure) -> TestEvents {
        guard let events = maps[ObjectLoading.eventsName] else {
            preconditionFailure("every object has events")
        }
        return TestEvents(ring: try EventRing(events))
    }
}

/// The records that the programs of a test run have written.
package final class TestEvents {
    private let ring: EventRing

    fileprivate init(ring: EventRing) {
        self.ring = ring
    }

    /// So many records, or those that came until nothing came any more.
    package func records(_ count: Int) throws(SystemCallFailure) -> [[UInt8]] {
        var records = try ring.records(within: 0) ?? []
        while records.count < count {
            guard let more = try ring.records(within: 100), !more.isEmpty else { break }
            records += more
        }
        return records
    }
}

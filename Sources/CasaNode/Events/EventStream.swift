internal import CSystemShims
internal import CasaBundle

/// The events of a namespace as they happen, over any number of replacements.
package final class EventStream {
    private let file: StateFile
    private let namespace: String
    /// Events are read once, so there is one reader.
    private let lock: NodeLock
    private var translation: EventTranslation
    private var ring: EventRing
    private var losses: KernelMap
    private var waiting: ArraySlice<VerdictEvent> = []
    private var ended = false
    private var seen: StateFile.Identity?

    /// How often a wait looks whether the policy was replaced, in milliseconds.
    private static let glance: Int32 = 250
    /// How long a switch may take before its loader counts as dead, in milliseconds.
    private static let switchPatience: UInt32 = 2_000

    package init(namespace: String, paths: NodePaths = .standard) throws(NodeError) {
        let own = try paths.namespace(namespace)
        file = StateFile(paths: own)
        self.namespace = namespace
        guard let state = try file.read() else { throw .notLoaded(namespace: namespace) }
        do {
            lock = try NodeLock(path: own.watchLock, patience: 0)
        } catch {
            if case .busy = error { throw .alreadyWatched(namespace: namespace) }
            throw error
        }
        translation = EventTranslation(state, bootedAt: casa_node_wall_time() - casa_node_boot_time())
        (ring, losses) = try Self.open(own, generation: state.generation)
    }

    /// The next event; `nil` after the time, when a signal came, or when the namespace was unloaded.
    package func next(timeout milliseconds: Int) throws(NodeError) -> VerdictEvent? {
        if let event = waiting.popFirst() { return event }
        var left = Int32(clamping: max(0, milliseconds))
        repeat {
            try follow()
            if ended { return nil }
            let wait = min(left, Self.glance)
            let records: [[UInt8]]?
            do { records = try ring.records(within: wait) } catch { throw .systemCall(error) }
            guard let records else { return nil }
            if !records.isEmpty {
                // A record that was written in a switch must not be read in the light of the time before.
                waitForSwitch()
                try follow()
                waiting = try events(records)[...]
                return waiting.popFirst()
            }
            left -= wait
        } while left > 0
        return nil
    }

    /// Whether the namespace was unloaded, so that nothing will come any more.
    package var isEnded: Bool { ended }

    /// How many events found the ring full since it was made.
    package func lossCount() throws(NodeError) -> UInt64 {
        do {
            return try CounterReading.sum(losses, at: 0)[0]
        } catch {
            throw .systemCall(error)
        }
    }

    private func events(_ records: [[UInt8]]) throws(NodeError) -> [VerdictEvent] {
        var events: [VerdictEvent] = []
        translation.bootedAt = casa_node_wall_time() - casa_node_boot_time()
        for bytes in records {
            do {
                events.append(translation.event(try EventRecord(bytes)))
            } catch {
                throw .unreadableEvent(error)
            }
        }
        return events
    }

    /// Which generation wrote a record is known when the switch is over.
    private func waitForSwitch() {
        var waited: UInt32 = 0
        while file.hasPending, waited < Self.switchPatience {
            casa_node_sleep(10)
            waited += 10
        }
    }

    /// Takes note of a replacement.
    private func follow() throws(NodeError) {
        let identity = file.identity
        if let identity, identity == seen { return }
        guard let state = try file.readNewest() else {
            ended = true
            return
        }
        seen = identity
        if state.generation != translation.generation {
            let (ring, losses) = try Self.open(file.paths, generation: state.generation)
            // A second reader of one ring would take from the first.
            if ring.mapID != self.ring.mapID { self.ring = ring }
            self.losses = losses
        }
        translation.follow(state)
    }

    private static func open(
        _ paths: NamespacePaths, generation: Int
    ) throws(NodeError) -> (EventRing, KernelMap) {
        do {
            let ring = try EventRing(
                KernelMap(pinnedAt: paths.map(ObjectLoading.eventsName, generation: generation)))
            return (
                ring, try KernelMap(pinnedAt: paths.map(ObjectLoading.lossesName, generation: generation))
            )
        } catch {
            throw NodeError(error, map: nil)
        }
    }
}

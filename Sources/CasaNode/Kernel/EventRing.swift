internal import CLibBPF
internal import CasaBPF
internal import Glibc

/// The reading end of a ring buffer; there can be one.
final class EventRing {
    private let map: KernelMap
    private let inbox: Inbox
    private let ring: OpaquePointer

    /// Where libbpf's callback leaves the records.
    private final class Inbox {
        var records: [[UInt8]] = []
    }

    /// Records taken at once: the reader gets its turn however fast they come.
    private static let batch = 4096

    init(_ map: KernelMap) throws(SystemCallFailure) {
        LibraryLog.isSilent
        self.map = map
        inbox = Inbox()
        let context = Unmanaged.passUnretained(inbox).toOpaque()
        let created = ring_buffer__new(map.descriptor.rawValue, EventRing.receive, context, nil)
        guard let created else {
            throw SystemCallFailure("ring_buffer__new", "map `\(map.name)`", result: ENOMEM)
        }
        ring = created
    }

    deinit { ring_buffer__free(ring) }

    var mapID: UInt32 { map.id }

    /// Waits for records; none after the time, `nil` when a signal came first.
    func records(within milliseconds: Int32) throws(SystemCallFailure) -> [[UInt8]]? {
        let result = ring_buffer__poll(ring, milliseconds)
        if result == -EINTR, inbox.records.isEmpty { return nil }
        let full = -EAGAIN
        guard result >= 0 || result == -EINTR || result == full else {
            throw SystemCallFailure("ring_buffer__poll", "map `\(map.name)`", result: result)
        }
        defer { inbox.records.removeAll(keepingCapacity: true) }
        return inbox.records
    }

    /// Called by libbpf in `records(within:)`, on the thread that called it.
    private static let receive: ring_buffer_sample_fn = { context, data, size in
        guard let context, let data else { return 0 }
        let inbox = Unmanaged<Inbox>.fromOpaque(context).takeUnretainedValue()
        inbox.records.append(Array(UnsafeRawBufferPointer(start: data, count: size)))
        return inbox.records.count < EventRing.batch ? 0 : -EAGAIN
    }
}

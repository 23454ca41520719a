/// A key of the decision table that some question may ask for (`spec/bundle.md`).
struct TableKey: Hashable, Sendable {
    enum Ports: Hashable, Sendable {
        case exact(UInt16)
        case piece(UInt16)
    }

    let flow: Flow
    let ports: Ports

    /// Fails for numbers that no question asks for.
    init?(_ key: UInt64) {
        flow = Flow(ofKey: key)
        guard flow.subject > 0, flow.classNumber > 0 else { return nil }
        switch key & ~Flow.mask {
        case 0..<0x1_0000: ports = .exact(UInt16(truncatingIfNeeded: key))
        case 0x1_0000..<0x2_0000: ports = .piece(UInt16(truncatingIfNeeded: key))
        default: return nil
        }
    }
}

/// The keys that the bytes of a table hold, wherever in it: ascending, each once.
struct TableKeys {
    let numbers: [UInt64]

    /// Takes every run of eight bytes that begins at a multiple of `stride`.
    init(of bytes: [UInt8], stride: Int) {
        var numbers: [UInt64] = []
        bytes.withUnsafeBytes { buffer in
            for offset in Swift.stride(from: 0, through: buffer.count - 8, by: stride) {
                let number = UInt64(
                    littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                if TableKey(number) != nil { numbers.append(number) }
            }
        }
        numbers.sort()
        self.numbers = numbers.enumerated().filter { $0 == 0 || numbers[$0 - 1] != $1 }.map(\.element)
    }

    /// The keys of one flow after another.
    var flows: [FlowKeys] {
        var flows: [FlowKeys] = []
        for case let key? in numbers.lazy.map(TableKey.init) {
            if flows.last?.flow != key.flow { flows.append(FlowKeys(flow: key.flow)) }
            flows[flows.count - 1].add(key.ports)
        }
        return flows
    }
}

/// What a table holds about one flow.
struct FlowKeys {
    let flow: Flow
    /// Ascending.
    private(set) var exact: [UInt16] = []
    private(set) var pieces: [UInt16] = []

    init(flow: Flow) {
        self.flow = flow
    }

    mutating func add(_ ports: TableKey.Ports) {
        switch ports {
        case .exact(let port): exact.append(port)
        case .piece(let piece): pieces.append(piece)
        }
    }

    /// The first port of a range that has no key of its own.
    func firstInexact(in ports: ClosedRange<UInt16>) -> UInt16? {
        var place = exact.firstPlace { $0 >= ports.lowerBound }
        for port in ports {
            guard place < exact.count, exact[place] == port else { return port }
            place += 1
        }
        return nil
    }
}

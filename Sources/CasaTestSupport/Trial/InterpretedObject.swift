internal import CasaBPF
internal import CasaBundle
internal import CasaPolicyIR

/// The programs of an object in our interpreter, over a modelled kernel.
package final class InterpretedObject {
    package let kernel: ModelledKernel
    private var programs: [BPFProgramKind: Interpreter] = [:]
    private let subjectMap: MapReference
    private var subjectAddresses: [UInt32: UInt64] = [:]
    private let packetContext: UInt64
    private let callContext: UInt64
    package private(set) var instructionCount = 0

    /// A program did what no program may do.
    package struct Misbehaviour: Error {
        package let sentence: String
    }

    /// `struct __sk_buff` and `struct bpf_sock_addr`.
    private enum Layout {
        static let packetBytes = 192
        static let packetLength: UInt64 = 0
        static let interface: UInt64 = 40
        static let packetSocket: UInt64 = 168
        static let callBytes = 72
        static let address4: UInt64 = 4
        static let address6: UInt64 = 8
        static let port: UInt64 = 24
        static let type: UInt64 = 32
        static let protocolNumber: UInt64 = 36
        static let callSocket: UInt64 = 64
    }

    package init(_ compiled: CompiledPolicy, reportsAllowed: Bool) throws {
        let object = compiled.object
        kernel = try ModelledKernel(object, counters: compiled.policy.rules.count + 16)
        let memory = kernel.memory
        packetContext = memory.allocate(Layout.packetBytes)
        callContext = memory.allocate(Layout.callBytes)
        try memory.store(.double, kernel.socket.address, at: packetContext + Layout.packetSocket)
        try memory.store(.double, kernel.socket.address, at: callContext + Layout.callSocket)
        let names = object.maps.map(\.name) + object.dataMaps.map(\.name)
        for data in object.dataMaps {
            let content = compiled.tables.first { $0.family.section == data.name }?.bytes ?? data.bytes
            let address = memory.allocate(content, .read)
            memory.maps[.descriptor(Self.number(of: data.name, in: names))] = .init(
                handle: address, value: address)
        }
        subjectMap = .descriptor(Self.number(of: ".rodata.subject", in: names))
        let settings = kernel.valueAddress(ofMap: Int(Self.number(of: "casa_settings", in: names)))
        if let settings { try memory.store(.word, reportsAllowed ? 1 : 0, at: settings) }
        for kind in BPFProgramKind.allCases where kind != .socketCreate {
            guard let program = object.programs.first(where: { $0.kind == kind }) else { continue }
            let code = try object.linkedProgram(named: program.name).code { Self.number(of: $0, in: names) }
            programs[kind] = Interpreter(
                try Program(decoding: EncodedInstruction.slots(of: code) ?? []), environment: kernel)
        }
    }

    private static func number(of map: String, in names: [String]) -> Int32 {
        Int32(names.firstIndex(of: map) ?? -1)
    }

    /// What a hook for packets answers to one of a socket that was just made, or of the one before.
    package func answer(
        to packet: GeneratedPacket, interface: UInt32, newSocket: Bool = true
    ) throws -> HookAnswer {
        let memory = kernel.memory
        kernel.packet = packet.bytes
        try memory.store(.word, UInt64(packet.bytes.count), at: packetContext + Layout.packetLength)
        try memory.store(
            .word, packet.onLoopback ? 1 : UInt64(interface), at: packetContext + Layout.interface)
        let kind: BPFProgramKind = packet.hook == .egress ? .egress : .ingress
        return try run(
            kind, packetContext, subject: UInt32(packet.subject), length: packet.bytes.count,
            newSocket: newSocket)
    }

    /// What a hook for calls answers.
    package func answer(to call: GeneratedCall, subject: Int) throws -> HookAnswer {
        let memory = kernel.memory
        try memory.write([UInt8](repeating: 0, count: Layout.callBytes - 8), at: callContext)
        let (high, low) = call.words
        if call.isIPv6 {
            try memory.store(.double, high.byteSwapped, at: callContext + Layout.address6)
            try memory.store(.double, low.byteSwapped, at: callContext + Layout.address6 + 8)
        } else {
            try memory.store(.word, (low & 0xFFFF_FFFF).byteSwapped >> 32, at: callContext + Layout.address4)
        }
        try memory.store(.word, UInt64(call.port.byteSwapped), at: callContext + Layout.port)
        try memory.store(.word, UInt64(call.socketType), at: callContext + Layout.type)
        try memory.store(.word, UInt64(call.protocolNumber), at: callContext + Layout.protocolNumber)
        try kernel.socket.set(localPort: call.localPort)
        return try run(call.hook, callContext, subject: UInt32(subject), length: 0, newSocket: true)
    }

    /// Whether the hook answers as before to the packet as it is now, of a new socket.
    package func answersAgain(_ answer: HookAnswer) throws -> Bool {
        guard let last else { throw Misbehaviour(sentence: "there was no answer before") }
        return try run(last) == answer.passes && counter(length: last.length) == answer.counter
            && kernel.events.count == (answer.event == nil ? 0 : 1)
            && zip(kernel.events, CollectionOfOne(answer.event ?? [])).allSatisfy(HookAnswer.isSame)
    }

    /// What a run needs beside the state of the kernel.
    private struct Run {
        let program: Interpreter
        let context: UInt64
        let length: Int
        let newSocket: Bool
    }

    private var last: Run?

    private func run(
        _ kind: BPFProgramKind, _ context: UInt64, subject: UInt32, length: Int, newSocket: Bool
    ) throws -> HookAnswer {
        guard let program = programs[kind] else {
            throw Misbehaviour(sentence: "there is no \(kind.rawValue)")
        }
        try select(subject)
        let run = Run(program: program, context: context, length: length, newSocket: newSocket)
        last = run
        return HookAnswer(
            passes: try self.run(run), counter: try counter(length: length),
            event: kernel.events.first.map(HookAnswer.comparable))
    }

    /// Whether the hook lets it pass.
    private func run(_ run: Run) throws -> Bool {
        try kernel.begin(newSocket: run.newSocket)
        let execution = try run.program.run(arguments: [run.context], memory: kernel.memory)
        instructionCount += execution.instructionCount
        guard execution.result <= 1, kernel.events.count <= 1 else {
            throw Misbehaviour(
                sentence: "\(execution.result) was returned, \(kernel.events.count) events were written")
        }
        return execution.result == 1
    }

    private func select(_ subject: UInt32) throws {
        if subjectAddresses[subject] == nil {
            let bytes = withUnsafeBytes(of: subject.littleEndian, Array.init)
            subjectAddresses[subject] = kernel.memory.allocate(bytes, .read)
        }
        guard let address = subjectAddresses[subject] else { return }
        kernel.memory.maps[subjectMap] = .init(handle: address, value: address)
    }

    /// The counter that went up, by one packet and its bytes.
    private func counter(length: Int) throws -> Int? {
        guard let counted = kernel.counted else { return nil }
        let memory = kernel.memory
        guard try memory.load(.double, at: counted.address) == counted.packets + 1,
            try memory.load(.double, at: counted.address + 8) == counted.bytes + UInt64(length)
        else { throw Misbehaviour(sentence: "counter \(counted.index) did not go up by one packet") }
        return counted.index
    }
}

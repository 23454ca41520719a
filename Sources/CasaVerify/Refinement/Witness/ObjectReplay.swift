internal import CasaBPF
internal import CasaPolicyIR

/// Runs what is in an object: its decision functions one by one, and its programs as the kernel would.
struct ObjectReplay {
    let object: BPFObject
    /// Rules and reasons together.
    private let counters: Int

    static let reasonCounters = 16

    init(_ bytes: [UInt8], rules: Int) throws(ReplayFailure) {
        do {
            object = try BPFObject(bytes)
        } catch {
            throw .unreadable("\(error)")
        }
        counters = rules + Self.reasonCounters
    }

    /// A run with what it takes to print it.
    struct Replayed {
        let run: TracedMachine.Run
        let listing: ReplayListing
        /// What the function was called with, where that was not simply what was asked.
        var arguments: [UInt64] = []
    }

    /// The run that answers with this word, if one does.
    ///
    /// Of arguments the low halves count. A caller may leave anything above them, so a few things are tried.
    func verdict(
        subject: UInt32, classNumber: UInt32, question: UInt32, answering word: UInt32
    ) throws(ReplayFailure) -> Replayed {
        try runs(
            of: "casa_verdict",
            [[UInt64(classNumber), UInt64(question)]]
                + Self.uppers.flatMap { upper in
                    [
                        [upper | UInt64(classNumber), UInt64(question)],
                        [UInt64(classNumber), upper | UInt64(question)],
                        [upper | UInt64(classNumber), upper | UInt64(question)],
                    ]
                }, subject: subject, answering: word)
    }

    /// The same of the region function of an address's family.
    func region(of address: IPAddress, answering word: UInt32) throws(ReplayFailure) -> Replayed {
        switch address {
        case .v4(let value):
            try runs(
                of: "casa_region4", [[UInt64(value)]] + Self.uppers.map { [$0 | UInt64(value)] }, subject: 0,
                answering: word)
        case .v6(let high, let low):
            try runs(of: "casa_region6", [[high, low]], subject: 0, answering: word)
        }
    }

    private static let uppers: [UInt64] = [~0 << 32, 1 << 32, 1 << 63]

    /// The first that answers so; else the first of all.
    private func runs(
        of function: String, _ arguments: [[UInt64]], subject: UInt32, answering word: UInt32
    ) throws(ReplayFailure) -> Replayed {
        var first: Replayed?
        for words in arguments {
            var replayed = try run(
                function: function, arguments: words, contents: [".rodata.subject": Self.bytes(subject)])
            if words != arguments.first { replayed.arguments = words }
            if case .result(let value) = replayed.run.outcome, UInt32(truncatingIfNeeded: value) == word {
                return replayed
            }
            first = first ?? replayed
        }
        guard let first else { throw .unreadable("`\(function)` was not asked anything") }
        return first
    }

    /// Whether the template asks the region function of an address's family at all.
    func asksRegion(of address: IPAddress) -> Bool {
        let bits = object.dataMap(named: ".rodata.regions")?.bytes.first ?? 0
        switch address {
        case .v4: return bits & 1 != 0
        case .v6: return bits & 2 != 0
        }
    }

    private func run(
        function name: String, arguments: [UInt64], contents: [String: [UInt8]]
    ) throws(ReplayFailure) -> Replayed {
        guard let function = object.functions.first(where: { $0.name == name }) else {
            throw .unreadable("the object has no function `\(name)`")
        }
        let kernel = ReplayKernel(object, counters: counters, contents: contents)
        let program = try Self.program(of: function, in: kernel)
        let run = TracedMachine(program, environment: kernel.helpers)
            .run(arguments: arguments, memory: kernel.memory)
        let part = ReplayListing.Part(function, start: 0)
        return Replayed(run: run, listing: ReplayListing(program: program, parts: [part], btf: object.btf))
    }

    /// A function by itself, with its data sections in place; one that calls others is none of the policy's.
    static func program(
        of function: BPFFunction, in kernel: ReplayKernel
    ) throws(ReplayFailure) -> Program {
        guard var slots = EncodedInstruction.slots(of: function.code) else {
            throw .unreadable("`\(function.name)` is not whole instructions")
        }
        for reference in function.references {
            let place = reference.instruction
            switch reference.target {
            case .mapValue(let map, let offset):
                guard place + 1 < slots.count else { continue }
                slots[place].src = 2
                slots[place].immediate = kernel.descriptor(of: map)
                slots[place + 1].immediate = Int32(bitPattern: offset)
            case .map(let map):
                slots[place].src = 1
                slots[place].immediate = kernel.descriptor(of: map)
            case .function(let callee):
                throw .unreadable("`\(function.name)` calls `\(callee)`")
            }
        }
        do {
            return try Program(decoding: slots)
        } catch {
            throw .unreadable("`\(function.name)`: \(error)")
        }
    }

    /// A program with everything that it calls, and where each function starts.
    struct Hook {
        let program: Program
        let listing: ReplayListing
        /// By name, as indices of instructions.
        let entries: [String: Int]
    }

    func hook(_ name: String, in kernel: ReplayKernel) throws(ReplayFailure) -> Hook {
        try code(of: name) { kernel.descriptor(of: $0) }
    }

    /// A program, or the program that calls a function of the template, with everything that it calls.
    func code(of name: String, descriptor: (String) -> Int32) throws(ReplayFailure) -> Hook {
        let isProgram = object.program(named: name) != nil
        do {
            let linked = try object.linkedProgram(named: isProgram ? name : "casa_egress")
            let program = try Program(
                decoding: EncodedInstruction.slots(of: linked.code(descriptor: descriptor)) ?? [])
            let bodies = object.programs.map(\.body) + object.functions
            var parts: [ReplayListing.Part] = []
            var entries: [String: Int] = [:]
            for record in linked.functions {
                guard let body = bodies.first(where: { $0.type == record.type }) else { continue }
                parts.append(ReplayListing.Part(body, start: record.instruction))
                entries[body.name] = program.index(ofSlot: record.instruction)
            }
            return Hook(
                program: program, listing: ReplayListing(program: program, parts: parts, btf: object.btf),
                entries: entries)
        } catch {
            throw .unreadable("`\(name)`: \(error)")
        }
    }

    func kernel(contents: [String: [UInt8]]) -> ReplayKernel {
        ReplayKernel(object, counters: counters, contents: contents)
    }

    static func bytes(_ word: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
}

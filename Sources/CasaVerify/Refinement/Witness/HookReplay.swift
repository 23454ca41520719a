internal import CasaBPF

/// Runs a program under the circumstances of a counterexample; the functions that are proved by themselves answer what it says.
struct HookReplay {
    let object: ObjectReplay
    let hook: HookCounterexample
    let circumstances: HookCircumstances

    init(_ object: ObjectReplay, _ hook: HookCounterexample) {
        self.object = object
        self.hook = hook
        circumstances = HookCircumstances(hook.circumstances)
    }

    /// The names under which functions answer, by the names they have in the object.
    private static let standIns: [String: (name: String, arguments: [(Register, width: UInt64)])] = [
        "casa_verdict": ("verdict", [(.r1, 32), (.r2, 32)]),
        "casa_region4": ("region4", [(.r1, 32)]),
        "casa_region6": ("region6", [(.r1, 64), (.r2, 64)]),
        "casa_read_option": ("option", [(.r2, 32), (.r3, 32)]),
        "casa_read_options": ("options", [(.r2, 32)]),
        "casa_read_extension": ("extension", [(.r2, 32), (.r3, 32)]),
        "casa_read_extensions": ("extensions", [(.r2, 32)]),
    ]

    func run() throws(ReplayFailure) -> ObjectReplay.Replayed {
        let kernel = HookReplayKernel(object.object, circumstances: circumstances, packet: hook.packet)
        let program = try object.code(of: hook.program) { kernel.descriptor(of: $0) }
        guard let entry = program.entries[hook.program] else {
            throw .unreadable("the object has no program `\(hook.program)`")
        }
        var names: [Int: String] = [:]
        for (name, index) in program.entries where name != hook.program && Self.standIns[name] != nil {
            names[index] = name
        }
        let run = TracedMachine(program.program, environment: kernel).run(
            entry: entry, arguments: arguments(kernel), memory: kernel.memory
        ) { [circumstances] step, registers throws(Trap) in
            switch step.instruction {
            case .call(.function):
                guard let name = names[Int(step.target)], let standIn = Self.standIns[name] else {
                    return nil
                }
                var arguments: [UInt64] = []
                for (register, width) in standIn.arguments {
                    let mask = width == 64 ? UInt64.max : 1 << width - 1
                    arguments.append(try registers.read(register) & mask)
                }
                let key = HookCounterexample.Circumstance.name(of: standIn.name, arguments)
                return circumstances.value(of: key) ?? 0
            case .load(let size, _, base: let base, offset: let offset):
                let address = try registers.read(base) &+ UInt64(bitPattern: Int64(offset))
                return kernel.load(size, at: address)
            case .arithmetic, .negate, .extendSign, .orderBytes, .loadSigned, .store, .atomic,
                .loadImmediate64,
                .jump, .jumpFar, .branch, .call, .exit:
                return nil
            }
        }
        return ObjectReplay.Replayed(run: run, listing: program.listing)
    }

    /// The context, or what a function of the template is called with.
    private func arguments(_ kernel: HookReplayKernel) -> [UInt64] {
        let (name, count, field) = layout
        let bytes = circumstances.numbered(name, count: count)
        let context = kernel.memory.allocate(bytes)
        if let field {
            let socket = kernel.socket(always: name != "__sk_buff")
            // A place inside the region that was just made.
            try? kernel.memory.store(.double, socket, at: context + field)
        }
        let others = argumentNames.map { circumstances.value(of: "argument \($0)") ?? 0 }
        return [context] + others
    }

    /// What functions of the template are called with, behind the context.
    private var argumentNames: [String] {
        switch hook.program {
        case "casa_read_option": ["next", "end"]
        case "casa_read_options": ["end"]
        case "casa_read_extension": ["at", "kind"]
        case "casa_read_extensions": ["kind"]
        default: []
        }
    }

    private var layout: (name: String, count: Int, socketField: UInt64?) {
        switch hook.program {
        case "casa_connect4", "casa_connect6", "casa_sendmsg4", "casa_sendmsg6": ("bpf_sock_addr", 72, 64)
        case "casa_sock_create": ("bpf_sock", 80, nil)
        default: ("__sk_buff", 192, 168)
        }
    }
}

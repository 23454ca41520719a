internal import CasaBPF
internal import CasaSMT

/// One function of a template, and what it has to return.
struct HookClaim {
    /// As in a proof record.
    let name: String
    let body: BPFFunction
    let kind: HookKind
    let cases: [HookCase]
    private let meaning: (SymbolicWorld, HookCase) -> BitVector
    /// The arguments behind the context, by name: nothing is known of them.
    private let arguments: [String]
    private let assumptions: (SymbolicWorld) -> [Boolean]

    /// A program: 1 if what it sees may pass, else 0.
    init(_ program: BPFProgram) {
        let hook = program.kind
        self.init("hook \(program.name)", program.body, HookKind(hook), cases: Self.cases(of: hook)) {
            Self.passes(hook, $1, $0).select(
                $0.arena.constant(1, width: 32), else: $0.arena.constant(0, width: 32))
        }
    }

    private init(
        _ name: String, _ body: BPFFunction, _ kind: HookKind, arguments: [String] = [],
        cases: [HookCase] = [.any],
        assuming assumptions: @escaping (SymbolicWorld) -> [Boolean] = { _ in [] },
        meaning: @escaping (SymbolicWorld, HookCase) -> BitVector
    ) {
        self.name = name
        self.body = body
        self.kind = kind
        self.arguments = arguments
        self.cases = cases
        self.assumptions = assumptions
        self.meaning = meaning
    }

    /// What functions of the template have to return, by name; there is nothing to say of others.
    static func function(_ body: BPFFunction) -> HookClaim? {
        switch body.name {
        case "casa_read_option":
            // At any place, of options that end anywhere.
            HookClaim("option", body, .packet, arguments: ["next", "end"]) { world, _ in
                OptionMeaning.option(at: world.unknown("next"), until: world.unknown("end"), world)
            }
        case "casa_read_options":
            // Of a header, which has at most sixty bytes.
            HookClaim(
                "options", body, .packet, arguments: ["end"],
                assuming: {
                    let end = $0.unknown("end")
                    return [end.isAtMost(end.constant(OptionMeaning.start + OptionMeaning.limit))]
                }
            ) { world, _ in OptionMeaning.allOptions(until: world.unknown("end"), world) }
        case "casa_read_extension":
            HookClaim("extension", body, .packet, arguments: ["at", "kind"]) { world, _ in
                ExtensionMeaning.header(at: world.unknown("at"), kind: world.unknown("kind"), world)
            }
        case "casa_read_extensions":
            HookClaim(
                "extensions", body, .packet, arguments: ["kind"],
                assuming: { [$0.unknown("kind").isLess(than: $0.unknown("kind").constant(256))] }
            ) { world, _ in ExtensionMeaning.allHeaders(from: world.unknown("kind"), world) }
        default: nil
        }
    }

    private static func cases(of hook: BPFProgramKind) -> [HookCase] {
        switch hook {
        case .egress, .ingress: HookCase.packets
        case .connect6, .sendmsg6: HookCase.calls6
        case .connect4, .sendmsg4, .socketCreate: [.any]
        }
    }

    private static func passes(_ hook: BPFProgramKind, _ part: HookCase, _ world: SymbolicWorld) -> Boolean {
        let version: HeaderMeaning.Version? = part == .version4 ? .ipv4 : part == .version6 ? .ipv6 : nil
        return switch hook {
        case .egress: PacketMeaning(isEgress: true, version: version, world).passes
        case .ingress: PacketMeaning(isEgress: false, version: version, world).passes
        case .connect4, .sendmsg4: CallMeaning(to: .ipv4, world).passes
        case .connect6, .sendmsg6: CallMeaning(to: part == .mapped ? .mapped : .ipv6, world).passes
        case .socketCreate: SocketMeaning(world).passes
        }
    }

    /// The context, and arguments whose upper halves are no part of them.
    func arguments(in hook: HookWorld) -> [BitVector] {
        [hook.context]
            + arguments.map { name in
                hook.world.fresh("upper half of \(name)", width: 32)
                    .concatenated(withLow: hook.world.unknown(name))
            }
    }

    func expected(_ part: HookCase, in world: SymbolicWorld) -> BitVector { meaning(world, part) }

    /// What the function promises of its result to those who call it, besides what it is.
    func promise(of result: BitVector, in world: SymbolicWorld) -> Boolean {
        Self.promise(name, arguments.map { world.unknown($0) }, result) ?? world.arena.boolean(true)
    }

    /// What is assumed: packets are shorter than 2 GiB, what the claim says, and what called functions promise.
    func premises(in world: SymbolicWorld) -> [Boolean] {
        [PacketUnknowns(world).premise] + assumptions(world)
            + world.functions.applications.compactMap { Self.promise($0.function, $0.arguments, $0.result) }
    }

    private static func promise(
        _ function: String, _ arguments: [BitVector], _ result: BitVector
    ) -> Boolean? {
        switch function {
        case "option": OptionMeaning.promise(ofOption: result, at: arguments[0], until: arguments[1])
        case "options": OptionMeaning.promise(ofOptions: result, until: arguments[0])
        case "extension": ExtensionMeaning.promise(ofHeader: result, at: arguments[0])
        case "extensions": ExtensionMeaning.promise(ofHeaders: result)
        default: nil
        }
    }
}

extension SymbolicWorld {
    /// An argument of a function, of which nothing is known.
    func unknown(_ name: String) -> BitVector { arena.variable("argument \(name)", width: 32) }
}

internal import CasaSMT

/// Whether a socket may be made: TCP and UDP only, and for somebody.
struct SocketMeaning {
    private let world: SymbolicWorld

    init(_ world: SymbolicWorld) {
        self.world = world
    }

    var passes: Boolean {
        let type = HookKind.socket.field(8, 4, in: world.arena)
        let spoken = HookKind.socket.field(12, 4, in: world.arena)
        func isOne(_ kind: Int, speaking number: Int) -> Boolean {
            type.equals(type.constant(kind))
                && (spoken.equals(spoken.constant(0)) || spoken.equals(spoken.constant(number)))
        }
        let subject = Unknowns.subject(in: world.arena)
        return !subject.equals(subject.constant(0))
            && (isOne(1, speaking: HeaderMeaning.tcp) || isOne(2, speaking: HeaderMeaning.udp))
    }
}

internal import CasaBPF
internal import CasaSMT

/// Everything a hook's program can see, with nothing known of it: packet, context, socket, tables, subject.
///
/// Code and meaning speak of the same unknowns, by the names given here.
struct HookWorld {
    let world: SymbolicWorld
    let memory: SymbolicMemory
    /// The first argument of the program.
    let context: BitVector
    /// Each map by the number that stands for it.
    let mapNumbers: [String: Int32]

    /// The functions that a template calls and that are proved by themselves, each with the number of its stand-in.
    static let outside: [String: Int32] = [
        "casa_verdict": -1, "casa_region4": -2, "casa_region6": -3, "casa_read_option": -4,
        "casa_read_options": -5, "casa_read_extension": -6, "casa_read_extensions": -7,
    ]

    init(for object: BPFObject, kind: HookKind, arena: TermArena, solver: Solver) {
        let helpers = HookHelpers()
        let world = SymbolicWorld(arena: arena, helpers: helpers, solver: solver)
        var numbers: [String: Int32] = [:]
        for (number, name) in (object.maps.map(\.name) + object.dataMaps.map(\.name)).enumerated() {
            numbers[name] = Int32(number)
            helpers.maps[SymbolicWorld.handle(ofMap: Int32(number))] = name
        }

        let socket = world.add(
            SymbolicRegion(name: "socket", content: .unknown, byteCount: HookKind.socket.byteCount))
        context = world.constant(world.add(kind.context(pointingTo: socket, in: arena)))
        for map in object.maps {
            let content: SymbolicRegion.Content =
                map.name == SocketPeers.map ? SocketPeers.content(in: arena) : .shared
            helpers.values[map.name] = world.add(
                SymbolicRegion(name: map.name, content: content, byteCount: max(1, Int(map.valueByteCount))))
        }
        for data in object.dataMaps {
            guard let number = numbers[data.name] else { continue }
            world.valueRegions[number] = world.regions.count
            _ = world.add(SymbolicRegion(name: data.name, content: Self.content(of: data.name, in: arena)))
        }
        self.world = world
        mapNumbers = numbers
        memory = SymbolicMemory(world)
    }

    /// The subject and the regions' flags are words that the meaning names; tables hold anything.
    private static func content(of section: String, in arena: TermArena) -> SymbolicRegion.Content {
        switch section {
        case Unknowns.subjectSection: .bytes(Unknowns.subject(in: arena).bytes, isWritable: false)
        case Unknowns.regionsSection: .bytes(Unknowns.regions(in: arena).bytes, isWritable: false)
        default: .unknown
        }
    }

    /// A program of a function, with the other functions of the template outside.
    func program(of body: BPFFunction, in object: BPFObject) throws(ProofError) -> Program {
        do {
            let code = try object.linkedCode(from: body, outside: Self.outside)
                .code { name throws(ProofError) -> Int32 in
                    guard let number = mapNumbers[name] else { throw .rejected("no map is called `\(name)`") }
                    return number
                }
            guard let slots = EncodedInstruction.slots(of: code) else {
                throw ProofError.rejected("`\(body.name)` is not made of whole instructions")
            }
            return try Program(decoding: slots)
        } catch let error as ProofError {
            throw error
        } catch {
            throw .rejected("`\(body.name)`: \(error)")
        }
    }
}

/// Unknowns that code and meaning share.
enum Unknowns {
    static let subjectSection = ".rodata.subject"
    static let regionsSection = ".rodata.regions"

    static func subject(in arena: TermArena) -> BitVector { arena.variable("subject", width: 32) }

    static func regions(in arena: TermArena) -> BitVector { arena.variable("regions", width: 32) }

    static func hasSocket(in arena: TermArena) -> Boolean { arena.proposition("has socket") }

    static func isFullSocket(in arena: TermArena) -> Boolean { arena.proposition("is full socket") }
}

extension BitVector {
    /// The lowest byte first.
    var bytes: [BitVector?] { stride(from: 0, to: width, by: 8).map { self[$0..<$0 + 8] } }
}

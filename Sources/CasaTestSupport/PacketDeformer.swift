internal import CasaPolicyIR

/// Makes something unusual of an ordinary packet.
struct PacketDeformer {
    var random: SeededGenerator

    mutating func deform(_ layout: inout PacketLayout) -> (kind: GeneratedPacket.Kind, bytes: [UInt8]) {
        switch random.number(below: 7) {
        case 0: return (.fragment, fragment(&layout))
        case 1, 2: return lengthen(&layout)
        case 3:
            layout.protocolNumber =
                random.chance(50) ? random.pick([1, 2, 47, 50, 51, 58, 132, 136]) : random.byte()
            return (.otherProtocol, layout.bytes)
        case 4: return (.truncated, Array(layout.bytes.prefix(random.number(below: 64))))
        case 5: return (.damaged, damage(layout.bytes))
        default: return (.noise, noise())
        }
    }

    private mutating func fragment(_ layout: inout PacketLayout) -> [UInt8] {
        // The first with more to come, or a later one.
        let offset = random.chance(40) ? 0 : UInt16(random.number(below: 0x2000))
        switch layout.source {
        case .v4: layout.fragmentWord = offset | UInt16(random.number(below: 8)) << 13
        case .v6: layout.extensions = [fragmentHeader(offset)]
        }
        return layout.bytes
    }

    private mutating func lengthen(_ layout: inout PacketLayout) -> (
        kind: GeneratedPacket.Kind, bytes: [UInt8]
    ) {
        switch layout.source {
        case .v4:
            layout.options = options()
            return (.options, layout.bytes)
        case .v6:
            layout.extensions = (0...random.number(below: 8)).map { _ in extensionHeader() }
            return (.extensions, layout.bytes)
        }
    }

    /// Options as they are, and as they must not be: source routes, wrong lengths, cut short.
    private mutating func options() -> [UInt8] {
        var options: [UInt8] = []
        while options.count < 40, !random.chance(15) {
            switch random.number(below: 14) {
            case 0: options += [0]
            case 1...4: options += [1]
            case 5...7: options += [148, 4, 0, 0]
            case 8, 9: options += [7, 11, 4] + [UInt8](repeating: 0, count: 8)
            case 10: options += [random.pick([131, 137]), 7, 4, 10, 0, 0, 9]
            case 11: options += [68, random.pick([0, 1, 2, 3, 40, 41, 255])]
            case 12: options += [random.byte()]
            default: options += [130, 11] + (0..<9).map { _ in random.byte() }
            }
        }
        return Array(options.prefix(40))
    }

    private mutating func extensionHeader() -> (number: UInt8, bytes: [UInt8]) {
        switch random.number(below: 20) {
        case 0: return (43, [0, 0, 0, 0, 0, 0, 0, 0])
        case 1: return fragmentHeader(random.chance(70) ? 0 : UInt16(random.number(below: 0x2000)))
        case 2: return (random.pick([50, 51, 59, 135]), [0, 0, 0, 0, 0, 0, 0, 0])
        case 3: return (random.pick([0, 60]), [0, random.byte(), 1, 4, 0, 0, 0, 0])
        default:
            let words = random.number(below: 3)
            return (
                random.pick([0, 60]), [0, UInt8(words), 1, 4] + [UInt8](repeating: 0, count: 4 + words * 8)
            )
        }
    }

    /// The offset stands above three bits, of which the lowest means that more follows.
    private mutating func fragmentHeader(_ offset: UInt16) -> (number: UInt8, bytes: [UInt8]) {
        let word = offset << 3 | UInt16(random.number(below: 8))
        return (44, [0, random.byte(), UInt8(word >> 8), UInt8(word & 0xFF), 0, 0, 0, 1])
    }

    /// Some bits of the headers turned over.
    private mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.number(below: 3) {
            bytes[random.number(below: min(bytes.count, 64))] ^= 1 << UInt8(random.number(below: 8))
        }
        return bytes
    }

    mutating func noise() -> [UInt8] {
        var bytes = (0..<random.number(below: 100)).map { _ in random.byte() }
        // Most of the noise would fail at the first half byte.
        if let first = bytes.first, random.chance(80) { bytes[0] = first & 0x0F | random.pick([0x40, 0x60]) }
        return bytes
    }
}

import CasaPolicyIR
import CasaVerify
import Testing

@Suite struct PacketCaptureTests {
    /// A reader of its own: libpcap's manual page `pcap-savefile(5)`.
    private struct Savefile {
        let linkType: UInt32
        let packets: [[UInt8]]

        init?(_ bytes: [UInt8]) {
            func word(_ offset: Int) -> UInt32 {
                (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32($1 * 8) }
            }
            guard bytes.count >= 24, word(0) == 0xA1B2_C3D4, word(4) == 0x0004_0002 else { return nil }
            linkType = word(20)
            var packets: [[UInt8]] = []
            var offset = 24
            while offset < bytes.count {
                guard offset + 16 <= bytes.count, word(offset) == 0, word(offset + 4) == 0 else { return nil }
                let count = Int(word(offset + 8))
                guard word(offset + 12) == word(offset + 8), offset + 16 + count <= bytes.count else {
                    return nil
                }
                packets.append(Array(bytes[offset + 16..<offset + 16 + count]))
                offset += 16 + count
            }
            self.packets = packets
        }
    }

    @Test("a capture holds its packets, raw and without a time")
    func packets() throws {
        let packets: [[UInt8]] = [[0x45, 0, 0, 20], [], Array(repeating: 0x60, count: 1500)]
        let file = try #require(Savefile(PacketCapture(packets).bytes))
        #expect(file.linkType == 101)
        #expect(file.packets == packets)
        #expect(PacketCapture(packets).bytes == PacketCapture(packets).bytes)
    }

    @Test("a capture of nothing is its header")
    func empty() throws {
        #expect(PacketCapture([]).bytes.count == 24)
        #expect(try #require(Savefile(PacketCapture([]).bytes)).packets.isEmpty)
    }

    @Test("a packet is dumped sixteen bytes a line")
    func dump() {
        let packet = WitnessPacket(
            direction: .egress, onLoopback: false, bytes: Array((0..<20).map { UInt8($0) }))
        #expect(
            packet.dump == [
                "0x0000: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f", "0x0010: 10 11 12 13",
            ])
        #expect(packet.words == "20 bytes, not judged by addresses: malformed")
    }
}

import CasaBPF
import Testing

/// Whatever the bytes are, reading ends in a value or in a typed error.
@Suite struct ObjectHostileTests {
    /// The same sequence in every run, so that a failure can be repeated.
    private struct Sequence: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// Reads as far as a loader would; true when the object was accepted.
    private static func read(_ bytes: [UInt8]) -> Bool {
        do throws(ObjectError) {
            let object = try BPFObject(bytes)
            for program in object.programs {
                let linked = try object.linkedProgram(named: program.name)
                _ = linked.code { _ in 3 }
                _ = linked.lineRecordBytes
            }
            _ = object.btfBytes
            return true
        } catch {
            #expect(!error.description.isEmpty)
            return false
        }
    }

    @Test("every truncation of an object is refused")
    func truncation() throws {
        let bytes = try ObjectFixtures.standalone().write()
        #expect(Self.read(bytes))
        for count in 0..<bytes.count {
            #expect(!Self.read(Array(bytes[..<count])), "\(count) bytes")
        }
    }

    @Test("every byte of an object may be anything")
    func everyByte() throws {
        let bytes = try ObjectFixtures.standalone().write()
        var refused = 0
        for index in bytes.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF, bytes[index] ^ 0x10] where value != bytes[index] {
                var changed = bytes
                changed[index] = value
                if !Self.read(changed) { refused += 1 }
            }
        }
        // Most bytes matter; those of instructions and texts do not.
        #expect(refused > bytes.count)
    }

    @Test("many bytes at once may be anything")
    func manyBytes() throws {
        var random = Sequence(state: 20)
        let bytes = try ObjectFixtures.standalone().write()
        for _ in 0..<20_000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let index = Int.random(in: 0..<changed.count, using: &random)
                changed[index] =
                    [0, 0xFF, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
            }
            _ = Self.read(changed)
        }
    }

    @Test("words of an object may be any number")
    func words() throws {
        var random = Sequence(state: 21)
        let bytes = try ObjectFixtures.standalone().write()
        let values: [UInt32] = [0, 1, 7, 8, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, UInt32(bytes.count)]
        for index in stride(from: 0, to: bytes.count - 4, by: 4) {
            for value in values + [UInt32.random(in: 0...4096, using: &random)] {
                var changed = bytes
                for byte in 0..<4 {
                    changed[index + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte))
                }
                _ = Self.read(changed)
            }
        }
    }

    @Test("the linked object of a real compiler may be damaged too", .requiresClang)
    func linkedObject() throws {
        var random = Sequence(state: 22)
        let bytes = try ObjectFixtures.linked()
        #expect(Self.read(bytes))
        for _ in 0..<10_000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            _ = Self.read(changed)
        }
    }

    @Test("noise is not an object")
    func noise() {
        var random = Sequence(state: 23)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...512, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(!Self.read(bytes))
        }
    }
}

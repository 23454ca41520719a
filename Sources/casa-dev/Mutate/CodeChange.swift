internal import CasaBPF

/// What a compiler does to all instructions of one function that look alike.
struct CodeChange {
    private enum Setting {
        case immediate((Int32) -> Int32)
        case condition(UInt8)
        case width(UInt8)
        case nothing
    }

    let function: String
    private let pattern: String
    private let setting: Setting

    /// The codes of conditions, in the upper half of an opcode.
    private static let conditions: [String: UInt8] = [
        "==": 1, ">": 2, ">=": 3, "&": 4, "!=": 5, "s>": 6, "s>=": 7, "<": 0xA, "<=": 0xB, "s<": 0xC,
        "s<=": 0xD,
    ]

    /// The pattern is of the text of an instruction, without the place that it jumps to.
    init(function: String, pattern: String, setting: String) throws(MutationFailure) {
        self.function = function
        self.pattern = pattern
        let words = setting.split(separator: " ").map(String.init)
        switch (words.first, words.dropFirst().first, words.last.flatMap(Self.number)) {
        case ("immediate", "=", let number?): self.setting = .immediate { _ in number }
        case ("immediate", "+", let number?): self.setting = .immediate { $0 &+ number }
        case ("immediate", "-", let number?): self.setting = .immediate { $0 &- number }
        case ("immediate", "^", let number?): self.setting = .immediate { $0 ^ number }
        case ("condition", let condition?, _):
            guard let code = Self.conditions[condition] else { throw .failed("no condition \(condition)") }
            self.setting = .condition(code)
        case ("width", "32", _): self.setting = .width(6)
        case ("width", "64", _): self.setting = .width(5)
        case ("nothing", nil, _): self.setting = .nothing
        default: throw .failed("not understood: set: \(setting)")
        }
    }

    private static func number(_ text: String) -> Int32? {
        text.hasPrefix("0x")
            ? UInt32(text.dropFirst(2), radix: 16).map(Int32.init(bitPattern:)) : Int32(text)
    }

    func mutation(of image: ObjectImage) throws(MutationFailure) -> Mutation {
        guard let code = image.function(named: function) else { throw .failed("no function \(function)") }
        let mutator = InstructionMutator(image: image, function: code)
        var patches: [Mutation.Patch] = []
        for (slot, old) in code.slots.enumerated() where !mutator.isSecondHalf(slot) {
            let next = slot + 1 < code.slots.count ? code.slots[slot + 1] : nil
            let text = ObjectImage.words(old, next: next)
            let plain = text.firstRange(of: " goto").map { String(text[..<$0.lowerBound]) } ?? text
            guard Self.matches(Array(plain), Array(pattern)) else { continue }
            var new = old
            switch setting {
            case .immediate(let change): new.immediate = change(old.immediate)
            case .condition(let code): new.opcode = old.opcode & 0x0F | code << 4
            case .width(let code): new.opcode = old.opcode & 0xF8 | code
            case .nothing: new = EncodedInstruction(opcode: 0x05)
            }
            patches.append(.init(offset: code.offset(ofSlot: slot), bytes: new.bytes))
        }
        guard !patches.isEmpty else { throw .failed("no instruction of \(function) is `\(pattern)`") }
        return Mutation(
            kind: .immediate, place: .function(function), words: "\(patches.count) times `\(pattern)`",
            patches: patches)
    }

    /// `*` stands for any text.
    private static func matches(_ text: [Character], _ pattern: [Character]) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        guard first == "*" else {
            return text.first == first && matches(Array(text.dropFirst()), Array(pattern.dropFirst()))
        }
        return (0...text.count).contains { matches(Array(text[$0...]), Array(pattern.dropFirst())) }
    }
}

import CasaSMT
import Testing

@Suite("choices meet what they are chosen for")
struct ChoiceTests {
    let arena = TermArena()
    let p: Boolean
    let word: BitVector
    let short: BitVector

    init() {
        p = arena.proposition("p")
        word = arena.variable("word", width: 32)
        short = arena.variable("short", width: 16)
    }

    /// Words that are stored on two ways.
    private var words: [BitVector] {
        [
            word, short.zeroExtended(to: 32), arena.constant(0, width: 32), arena.constant(1, width: 32),
            arena.constant(0x0A00_0001, width: 32), word.reversedBytes(),
            word[8..<24].zeroExtended(to: 32) << arena.constant(8, width: 32),
            short.concatenated(withLow: short),
        ]
    }

    @Test("a word that was merged byte by byte is a choice of words", arguments: [true, false])
    func mergedBytes(isHighestFirst: Bool) {
        for one in words {
            for other in words where !Self.shareBytes(one, other) {
                let bytes = Self.bytes(of: one, other).map { p.select($0, else: $1) }
                let loaded =
                    isHighestFirst
                    ? bytes.dropLast().reversed().reduce(bytes[3]) { $0.concatenated(withLow: $1) }
                    : bytes.dropFirst().reduce(bytes[0]) { $1.concatenated(withLow: $0) }
                let expected = p.select(one, else: other)
                let isSame = loaded == expected || loaded == Self.narrowed(expected)
                #expect(isSame, "\(one), \(other): \(loaded)")
            }
        }
    }

    private static func bytes(of one: BitVector, _ other: BitVector) -> [(BitVector, BitVector)] {
        (0..<4).map { (one[8 * $0..<8 * $0 + 8], other[8 * $0..<8 * $0 + 8]) }
    }

    /// Whether they agree in some bytes that are not known: there is nothing to choose there.
    private static func shareBytes(_ one: BitVector, _ other: BitVector) -> Bool {
        one != other && bytes(of: one, other).contains { $0 == $1 && $0.constantValue == nil }
    }

    /// The same choice, where both of its words have the same bytes of zero in front or behind.
    private static func narrowed(_ term: BitVector) -> BitVector? {
        guard let (condition, one, other) = term.selection else { return nil }
        let width = term.width
        func isZero(_ bits: Range<Int>) -> Bool {
            one[bits].constantValue == 0 && other[bits].constantValue == 0
        }
        let low = stride(from: 0, to: width, by: 8).first { !isZero($0..<$0 + 8) } ?? 0
        let high = stride(from: width, to: 0, by: -8).first { !isZero($0 - 8..<$0) } ?? width
        let middle = condition.select(one[low..<high], else: other[low..<high])
        let placed = low == 0 ? middle : middle.concatenated(withLow: term.arena.constant(0, width: low))
        return placed.zeroExtended(to: width)
    }

    @Test("comparing a choice with a constant decides the arm that is one")
    func comparisons() {
        let (zero, two, nine) = (word.constant(0), word.constant(2), word.constant(9))
        let choice = p.select(two, else: word)
        #expect(choice.equals(two) == (p || word.equals(two)))
        #expect(choice.equals(nine) == (!p && word.equals(nine)))
        #expect(p.select(word, else: two).equals(nine) == (p && word.equals(nine)))
        #expect(choice.isLess(than: nine) == (p || word.isLess(than: nine)))
        #expect(nine.isLess(than: choice) == (!p && nine.isLess(than: word)))
        #expect(choice.isSignedLess(than: nine) == (p || word.isSignedLess(than: nine)))
        let q = arena.proposition("q")
        #expect(p.select(zero, else: q.select(two, else: nine)).equals(two) == (!p && q))
        #expect((p.select(two, else: word) + two).equals(nine) == (!p && word.equals(word.constant(7))))
    }

    @Test("what neither arm makes simpler stays a choice")
    func left() {
        let other = arena.variable("other", width: 32)
        let choice = p.select(word, else: other)
        #expect(choice[8..<16].selection == nil && choice[8..<16].size == 4 + 1)
        #expect(choice[16..<32].concatenated(withLow: choice[0..<16]) == choice)
        #expect(choice.concatenated(withLow: word.constant(1)).selection == nil)
        #expect(choice.equals(word.constant(1)).size == choice.size + 2)
    }

    @Test("the outermost operation is told")
    func structure() throws {
        let choice = try #require((!p).select(word, else: short.zeroExtended(to: 32)).selection)
        #expect(choice.condition == p && choice.alternative == word)
        #expect(choice.consequent == short.zeroExtended(to: 32))
        #expect(word.selection == nil)
        let sum = try #require((word.constant(7) + word - word.constant(9)).sum)
        #expect(sum.term == word && sum.constant == 0xFFFF_FFFE)
        #expect(word.sum == nil && (word + short.zeroExtended(to: 32)).sum == nil)
        #expect((!p).negation == p && p.negation == nil)
    }

    @Test("long chains of choices do not recurse, and shared ones do not blow up")
    func chains() {
        let conditions = (0..<20_000).map { word.isLess(than: word.constant($0 + 1)) }
        let chain = conditions.enumerated().reduce(word) {
            $1.element.select(word.constant($1.offset), else: $0)
        }
        var made = arena.termCount
        #expect(chain.equals(word.constant(3)).constantValue == nil)
        #expect(chain[8..<16].concatenated(withLow: chain[0..<8]).width == 16)
        #expect(arena.termCount - made < 5_000)
        // As many ways through it as there are grains of sand.
        var pair = (word, word.reversedBytes())
        for condition in conditions.prefix(200) {
            pair = (condition.select(pair.0, else: pair.1), condition.select(pair.1, else: pair.0))
        }
        let twin = pair.0[0..<16]
        made = arena.termCount
        #expect(
            twin.concatenated(withLow: pair.1[0..<16]).isLess(than: word.constant(9)).constantValue == nil)
        #expect(arena.termCount - made < 5_000)
    }
}

import CasaSMT
import Testing

/// That a rule fires; that it may is `SimplificationTests`'s concern.
@Suite("what is the same becomes the same term")
struct RuleTests {
    typealias Pair<Value> = (name: String, one: Value, other: Value)

    @Test("numbers", arguments: [8, 16, 64, 128])
    func numbers(width: Int) {
        let arena = TermArena()
        let (x, y) = (arena.variable("x", width: width), arena.variable("y", width: width))
        let p = arena.proposition("p")
        let (zero, one, ones) = (x.constant(0), x.constant(1), x.constant(-1))
        let half = width / 2
        let (byte, high) = (x[0..<half], x[half..<width])
        let wide = byte.zeroExtended(to: width)
        let lowHalf = x.constant(UInt128(1) << UInt128(half) - 1)
        let pairs: [Pair<BitVector>] = [
            ("zero is added", x + zero, x), ("sums commute", x + y, y + x),
            ("offsets meet", (x + x.constant(3)) + x.constant(5), x + x.constant(8)),
            ("offsets move out", (x + one) + (y + one), (x + y) + x.constant(2)),
            ("offsets cancel", (x + one) - (x + ones), x.constant(2)), ("nothing is left", x - x, zero),
            ("a difference is a sum", x - one, x + ones), ("zero minus", zero - x, -x),
            ("twice negated", -(-x), x), ("a difference negated", -(x - y), y - x),
            ("times zero", x * zero, zero), ("times one", one * x, x),
            ("times eight", x * x.constant(8), x << x.constant(3)),
            ("divided by four", x.apply(.unsignedDivide, x.constant(4)), x >> x.constant(2)),
            ("divided by zero", x.apply(.unsignedDivide, zero), ones),
            ("modulo four", x.apply(.unsignedRemainder, x.constant(4)), x & x.constant(3)),
            ("modulo zero", x.apply(.unsignedRemainder, zero), x),
            ("signed modulo zero", x.apply(.signedRemainder, zero), x),
            ("signed by one", x.apply(.signedDivide, one), x),
            ("signed modulo one", x.apply(.signedRemainder, one), zero),
            ("and nothing", x & zero, zero), ("and all", x & ones, x), ("and itself", x & x, x),
            ("and its complement", x & ~x, zero), ("or its complement", ~x | x, ones),
            ("or itself", x | x, x),
            ("or all", x | ones, ones), ("twice complemented", ~(~x), x), ("flipped", x ^ ones, ~x),
            ("flipped by itself", x ^ x, zero), ("flipped by its complement", x ^ ~x, ones),
            ("masks meet", (x & x.constant(5)) & x.constant(6), x & x.constant(4)),
            ("bits set meet", (x | x.constant(5)) | x.constant(6), x | x.constant(7)),
            ("flips meet", (x ^ x.constant(5)) ^ x.constant(6), x ^ x.constant(3)),
            ("a mask is an extension", x & lowHalf, wide),
            ("two halves are one", high.concatenated(withLow: byte), x),
            ("three parts are one", x[1..<half].concatenated(withLow: x[0..<1]), byte),
            ("bytes put together", (x & ~lowHalf) | wide, x),
            (
                "shifted and added", (wide << x.constant(half)) + (x >> x.constant(half)),
                byte.concatenated(withLow: high)
            ),
            ("shifted out", x << x.constant(width), zero), ("nothing to shift", zero << y, zero),
            ("only the sign", x.apply(.signedShiftRight, ones), x[width - 1..<width].signExtended(to: width)),
            (
                "zero in front", x.constant(0)[0..<1].concatenated(withLow: byte),
                byte.zeroExtended(to: half + 1)
            ),
            ("a part of a part", byte[1..<half][1..<2], x[2..<3]),
            ("a part of an extension", wide[1..<half], byte[1..<half]),
            ("above an extension", wide[half..<width], byte.constant(0)),
            ("extended twice", byte.zeroExtended(to: half + 1).signExtended(to: width), wide),
            ("a choice of one", p.select(x, else: x), x),
            ("a choice turned", (!p).select(x, else: y), p.select(y, else: x)),
            ("chosen before", p.select(p.select(x, else: y), else: zero), p.select(x, else: zero)),
            ("chosen after", p.select(x, else: p.select(y, else: zero)), p.select(x, else: zero)),
        ]
        for pair in pairs { #expect(pair.one == pair.other, "\(pair.name): \(pair.one), \(pair.other)") }
        #expect(width % 16 != 0 || x.reversedBytes().reversedBytes() == x)
    }

    @Test("a number that was read byte by byte", arguments: [[0, 1, 2, 3], [3, 2, 1, 0]])
    func assembledBytes(order: [Int]) {
        let arena = TermArena()
        let word = arena.variable("word", width: 32)
        let bytes = (0..<4).map {
            word[8 * $0..<8 * $0 + 8].zeroExtended(to: 64) << arena.constant(8 * $0, width: 64)
        }
        for operation in [BinaryOperation.or, .add, .exclusiveOr] {
            let read = order.dropFirst().reduce(bytes[order[0]]) { $0.apply(operation, bytes[$1]) }
            #expect(read == word.zeroExtended(to: 64), "\(operation): \(read)")
        }
        let masked = word[0..<8].concatenated(withLow: word[8..<16]) & arena.constant(0xF00F, width: 16)
        #expect(masked == word[4..<8].concatenated(withLow: word[8..<12].zeroExtended(to: 12)))
    }

    @Test("truths", arguments: [8, 64, 128])
    func truths(width: Int) {
        let arena = TermArena()
        let (x, y) = (arena.variable("x", width: width), arena.variable("y", width: width))
        let (p, q) = (arena.proposition("p"), arena.proposition("q"))
        let (yes, no) = (arena.boolean(true), arena.boolean(false))
        let (zero, ones) = (x.constant(0), x.constant(-1))
        let narrow = x[0..<4]
        let wide = narrow.zeroExtended(to: width)
        let pairs: [Pair<Boolean>] = [
            ("itself", x.equals(x), yes), ("equality commutes", x.equals(y), y.equals(x)),
            ("another offset", (x + x.constant(1)).equals(x), no),
            ("a sum solved", (x + x.constant(1)).equals(zero), x.equals(ones)),
            ("a difference solved", (x.constant(3) - x).equals(x.constant(1)), x.equals(x.constant(2))),
            ("a flip solved", (x ^ x.constant(3)).equals(x.constant(1)), x.equals(x.constant(2))),
            ("a complement solved", (~x).equals(zero), x.equals(ones)),
            ("a sign solved", (-x).equals(ones), x.equals(x.constant(1))),
            ("too large", wide.equals(x.constant(16)), no),
            ("narrower", wide.equals(x.constant(15)), narrow.equals(narrow.constant(15))),
            ("not so extended", narrow.signExtended(to: width).equals(x.constant(8)), no),
            ("parts that are known", (x << x.constant(4)).equals(x.constant(1)), no),
            ("below zero", x.isLess(than: zero), no), ("at least zero", zero.isAtMost(x), yes),
            ("at most all", x.isAtMost(ones), yes),
            ("below one", x.isLess(than: x.constant(1)), x.equals(zero)),
            ("below all", x.isLess(than: ones), !x.equals(ones)),
            ("above zero", zero.isLess(than: x), !x.equals(zero)),
            ("below what it cannot reach", wide.isLess(than: x.constant(16)), yes),
            ("above what it cannot reach", x.constant(16).isLess(than: wide), no),
            ("compared narrowly", wide.isLess(than: x.constant(9)), narrow.isLess(than: narrow.constant(9))),
            ("not negative", wide.isSignedLess(than: x.constant(9)), wide.isLess(than: x.constant(9))),
            ("below a negative", wide.isSignedLess(than: ones), no),
            ("above a negative", ones.isSignedLess(than: wide), yes),
            ("a choice decided", p.select(x.constant(1), else: zero).equals(zero), !p),
            ("twice denied", !(!p), p), ("and its opposite", p && !p, no), ("or its opposite", !p || p, yes),
            ("and true", p && yes, p), ("or true", p || yes, yes), ("absorbed", p && (p || q), p),
            ("absorbed", p || (q && p), p),
            ("said twice", (p && q) && p, p && q), ("contradicted", (p && q) && !q, no),
            ("what remains", p && (!p || q), p && q),
            ("iff true", p.iff(yes), p), ("iff false", no.iff(p), !p), ("iff itself", p.iff(p), yes),
            ("iff its opposite", p.iff(!p), no),
            ("both denied", (!p).iff(!q), p.iff(q)), ("chosen true", p.select(yes, else: q), p || q),
            ("chosen false", p.select(no, else: q), !p && q),
            ("else false", p.select(q, else: no), p && q),
            ("else true", p.select(q, else: yes), p.implies(q)),
            ("opposites", p.select(q, else: !q), p.iff(q)),
            ("all of none", arena.conjunction(of: []), yes), ("some of none", arena.disjunction(of: []), no),
        ]
        for pair in pairs { #expect(pair.one == pair.other, "\(pair.name): \(pair.one), \(pair.other)") }
    }
}

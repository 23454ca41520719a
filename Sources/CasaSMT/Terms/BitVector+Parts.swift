extension BitVector {
    /// Some of the bits; bit 0 is the least.
    package subscript(_ bits: Range<Int>) -> BitVector {
        precondition(
            !bits.isEmpty && 0 <= bits.lowerBound && bits.upperBound <= width, "bits lie in the bit vector")
        return BitVector(arena: arena, id: arena.extract(id, low: bits.lowerBound, width: bits.count))
    }

    package func truncated(to width: Int) -> BitVector { self[0..<width] }

    package func zeroExtended(to width: Int) -> BitVector { extended(.zero, to: width) }

    package func signExtended(to width: Int) -> BitVector { extended(.sign, to: width) }

    package func extended(_ kind: Extension, to width: Int) -> BitVector {
        precondition(self.width <= width && width <= Sort.widths.upperBound, "an extension does not narrow")
        return BitVector(arena: arena, id: arena.extend(kind, id, to: width))
    }

    /// These bits above those.
    package func concatenated(withLow low: BitVector) -> BitVector {
        precondition(arena === low.arena, "operands belong to one arena")
        precondition(width + low.width <= Sort.widths.upperBound, "a bit vector has 1 to 128 bits")
        return BitVector(arena: arena, id: arena.concatenate(high: id, low: low.id))
    }

    /// The bytes in reverse.
    package func reversedBytes() -> BitVector {
        precondition(width.isMultiple(of: 8), "the bit vector has whole bytes")
        var result = self[0..<8]
        for low in stride(from: 8, to: width, by: 8) {
            result = result.concatenated(withLow: self[low..<low + 8])
        }
        return result
    }
}

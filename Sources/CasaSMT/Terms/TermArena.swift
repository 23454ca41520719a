/// Where terms live: each once, in the order in which they were first made, until the arena goes.
///
/// Terms are values that name a place here; they exist without a solver. An arena and its terms belong to one
/// thread at a time, which the compiler sees to: they are not `Sendable`. What leaves, a ``Cone`` or a
/// ``Model``, is.
///
/// Constructors simplify. `simplifies: false` gives exactly what was written, as a second opinion.
package final class TermArena {
    package let simplifies: Bool
    // INVARIANT: what a node refers to has a smaller index, so no walk needs recursion.
    private(set) var nodes: [Node<TermID>] = []
    private(set) var sorts: [Sort] = []
    private(set) var variables: [Variable] = []
    private var termOfVariable: [String: TermID] = [:]
    private var table = InterningTable()
    var marks = TraversalMarks()
    var descent = ChoiceDescent()

    static let falsehood = TermID(0)
    static let truth = TermID(1)

    package init(simplifies: Bool = true) {
        self.simplifies = simplifies
        _ = intern(.truth(false), .boolean)
        _ = intern(.truth(true), .boolean)
    }

    /// How many different terms there are.
    package var termCount: Int { nodes.count }

    /// The variable of that name; the same term whenever it is asked for.
    package func variable(_ name: String, width: Int) -> BitVector {
        BitVector(arena: self, id: variable(name, .bits(width)))
    }

    /// The truth of that name; the same term whenever it is asked for.
    package func proposition(_ name: String) -> Boolean {
        Boolean(arena: self, id: variable(name, .boolean))
    }

    package func boolean(_ value: Bool) -> Boolean { Boolean(arena: self, id: truth(value)) }

    /// A number, as unsigned or in two's complement; it must fit.
    package func constant(_ value: some BinaryInteger, width: Int) -> BitVector {
        let bits = UInt128(truncatingIfNeeded: value) & UInt128.mask(width)
        precondition(
            value == bits || value == Int128(truncatingIfNeeded: bits.signExtended(from: width)),
            "a constant fits its width")
        return BitVector(arena: self, id: constant(bits, width))
    }

    func variable(_ name: String, _ sort: Sort) -> TermID {
        if let known = termOfVariable[name] {
            precondition(sorts[known.index] == sort, "variable `\(name)` has one sort")
            return known
        }
        variables.append(Variable(name: name, sort: sort))
        let id = intern(.variable(variables.count - 1), sort)
        termOfVariable[name] = id
        return id
    }

    func truth(_ value: Bool) -> TermID { value ? Self.truth : Self.falsehood }

    func constant(_ value: UInt128, _ width: Int) -> TermID { intern(.constant(value), .bits(width)) }

    /// The one term that is this node; nothing is simplified.
    func intern(_ node: Node<TermID>, _ sort: Sort) -> TermID {
        let fingerprint = node.fingerprint(sort: sort)
        let (slot, known) = table.find(fingerprint) { nodes[$0] == node && sorts[$0] == sort }
        if let known { return TermID(known) }
        let index = nodes.count
        precondition(index < Int(UInt32.max), "an arena holds four billion terms")
        nodes.append(node)
        sorts.append(sort)
        table.insert(index, fingerprint, at: slot)
        return TermID(index)
    }
}

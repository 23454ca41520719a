/// Some terms with everything they are made of, apart from their arena: what is evaluated, printed and
/// translated.
///
/// The order is that of a walk from the roots, so it says nothing about what else the arena holds.
package struct Cone: Sendable {
    /// Operands before those that use them; a node refers to places in this array.
    let nodes: [Node<Int>]
    let sorts: [Sort]
    /// Where each node came from.
    let terms: [TermID]
    let roots: [Int]
    /// What the nodes' variables are, by the number that the arena gave them.
    private let variableOfNumber: [Int: Variable]

    package var count: Int { nodes.count }

    /// Sorted by name.
    package var variables: [Variable] { variableOfNumber.values.sorted { $0.name < $1.name } }

    func variable(_ number: Int) -> Variable {
        guard let variable = variableOfNumber[number] else {
            preconditionFailure("a cone knows the variables of its nodes")
        }
        return variable
    }

    package init(of terms: [Boolean]) {
        precondition(terms.allSatisfy { $0.arena === terms[0].arena }, "terms belong to one arena")
        if let arena = terms.first?.arena {
            self.init(of: terms.map(\.id), in: arena)
        } else {
            self.init(of: [], in: TermArena())
        }
    }

    init(of rootTerms: [TermID], in arena: TermArena) {
        var nodes: [Node<Int>] = []
        var sorts: [Sort] = []
        var terms: [TermID] = []
        var variables: [Int: Variable] = [:]
        arena.marks.begin(termCount: arena.termCount)
        var pending = Array(rootTerms.reversed())
        while let term = pending.last {
            if arena.marks.place(of: term) != nil {
                pending.removeLast()
                continue
            }
            let node = arena.nodes[term.index]
            let (first, second, third) = node.operands
            let depth = pending.count
            for case let operand? in [third, second, first] where arena.marks.place(of: operand) == nil {
                pending.append(operand)
            }
            guard pending.count == depth else { continue }
            pending.removeLast()
            arena.marks.put(term, at: nodes.count)
            nodes.append(node.map { arena.place(of: $0) })
            sorts.append(arena.sorts[term.index])
            terms.append(term)
            if case .variable(let number) = node { variables[number] = arena.variables[number] }
        }
        self.nodes = nodes
        self.sorts = sorts
        self.terms = terms
        roots = rootTerms.map { arena.place(of: $0) }
        variableOfNumber = variables
    }
}

extension TermArena {
    /// Where the last walk put a term that it met.
    fileprivate func place(of term: TermID) -> Int {
        guard let place = marks.place(of: term) else {
            preconditionFailure("operands come before their users")
        }
        return place
    }
}

package import CasaSMT

/// What is known on the way to a state: the outcomes of its branches, the first of them first.
///
/// A list that shares its beginning with the other side of each branch.
package struct PathCondition {
    private final class Link {
        let outcome: Boolean
        let previous: Link?
        let count: Int

        init(_ outcome: Boolean, after previous: Link?) {
            self.outcome = outcome
            self.previous = previous
            count = (previous?.count ?? 0) + 1
        }
    }

    private var last: Link?

    package init() {}

    package var count: Int { last?.count ?? 0 }

    /// What says several things at once is taken apart, so that each is known by itself.
    package mutating func append(_ outcome: Boolean) {
        var pending = [outcome]
        while let next = pending.popLast() {
            if let (left, right) = next.conjuncts {
                pending += [right, left]
            } else if next.constantValue != true {
                last = Link(next, after: last)
            }
        }
    }

    func with(_ outcome: Boolean) -> PathCondition {
        var path = self
        path.append(outcome)
        return path
    }

    package var outcomes: [Boolean] {
        var result: [Boolean] = []
        var link = last
        while let current = link {
            result.append(current.outcome)
            link = current.previous
        }
        return result.reversed()
    }

    /// Whether a statement is true here, where that can be read off.
    package func knows(_ statement: Boolean) -> Bool? {
        if let value = statement.constantValue { return value }
        let opposite = !statement
        var link = last
        while let current = link {
            if current.outcome == statement { return true }
            if current.outcome == opposite { return false }
            link = current.previous
        }
        if let (left, right) = statement.conjuncts {
            // Parts are known by themselves.
            guard let left = knows(left) else { return knows(right) == false ? false : nil }
            return left ? knows(right) : false
        }
        if let (left, right) = (!statement).conjuncts {
            guard let left = knows(left) else { return knows(right) == false ? true : nil }
            return left ? knows(right).map { !$0 } : true
        }
        return nil
    }

    /// The way to where two ways meet, and what tells the first from the second.
    package func joined(with other: PathCondition, in arena: TermArena) -> (
        path: PathCondition, isFirst: Boolean
    ) {
        var (left, right) = (last, other.last)
        var (mine, others): ([Boolean], [Boolean]) = ([], [])
        while left !== right {
            if let link = left, link.count >= right?.count ?? 0 {
                mine.append(link.outcome)
                left = link.previous
            } else if let link = right {
                others.append(link.outcome)
                right = link.previous
            }
        }
        precondition(!mine.isEmpty && !others.isEmpty, "two ways part somewhere")
        let first = Self.conjunction(mine.reversed(), in: arena)
        let second = Self.conjunction(others.reversed(), in: arena)
        var path = PathCondition()
        path.last = left
        path.append(first || second)
        // Ways part at a branch: its outcome alone tells them apart.
        if let mine = mine.last, let others = others.last, mine == !others { return (path, mine) }
        return (path, first)
    }

    private static func conjunction(_ outcomes: some Sequence<Boolean>, in arena: TermArena) -> Boolean {
        outcomes.reduce(arena.boolean(true)) { $0 && $1 }
    }
}

extension TermArena {
    /// All of them hold; of none, true.
    package func conjunction(of terms: some Sequence<Boolean>) -> Boolean { join(.and, terms, unit: true) }

    /// One of them holds; of none, false.
    package func disjunction(of terms: some Sequence<Boolean>) -> Boolean { join(.or, terms, unit: false) }

    /// Joins neighbours, then what came of that: ten thousand terms become fourteen levels.
    private func join(_ connective: Connective, _ terms: some Sequence<Boolean>, unit: Bool) -> Boolean {
        var level = Array(terms)
        while level.count > 1 {
            level = stride(from: 0, to: level.count, by: 2).map { index in
                guard index + 1 < level.count else { return level[index] }
                return level[index].apply(connective, level[index + 1])
            }
        }
        return level.first ?? boolean(unit)
    }
}

/// A value of an arena's language: a ``BitVector`` or a ``Boolean``.
///
/// Swift's `==` asks whether two are the same term; a question about their values is a `Boolean`.
package protocol Term: Hashable, CustomStringConvertible {
    var arena: TermArena { get }
    var id: TermID { get }
}

extension Term {
    package static func == (left: Self, right: Self) -> Bool {
        left.arena === right.arena && left.id == right.id
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// How many different terms it is made of, itself included.
    package var size: Int { cone.count }

    /// What it depends on, by name.
    package var variables: [Variable] { cone.variables }

    /// The term by itself, apart from its arena.
    package var cone: Cone { Cone(of: [id], in: arena) }

    /// The term in SMT-LIB.
    package var description: String { TermText(cone).expression }
}

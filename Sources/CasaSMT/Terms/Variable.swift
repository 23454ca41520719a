/// Something that a solver may choose: a name, and what its value is.
package struct Variable: Hashable, Sendable {
    package let name: String
    package let sort: Sort

    package init(name: String, sort: Sort) {
        self.name = name
        self.sort = sort
    }
}

/// What is wrong with an object file, and where.
///
/// An object is data from outside: whatever its bytes are, reading it ends in a value or in this error.
package struct ObjectError: Error, Hashable, Sendable {
    /// The section that holds the trouble, or ``fileHeader`` for what is not inside a section.
    package let section: String

    /// Bytes from the start of the section (of the file, for the header).
    package let offset: Int

    package let problem: Problem

    package init(section: String, offset: Int, problem: Problem) {
        self.section = section
        self.offset = offset
        self.problem = problem
    }

    /// The place of problems that belong to the file as a whole.
    package static let fileHeader = "ELF header"
}

extension ObjectError: CustomStringConvertible {
    package var description: String { "\(section), byte \(offset): \(problem.sentence)" }
}

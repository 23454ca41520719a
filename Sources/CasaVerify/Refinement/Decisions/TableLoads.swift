internal import CasaSMT

/// What a run over a table of unknown content read of it.
///
/// Each byte read is a variable, which stands for the content at a place; the place is a term, and what that
/// is made of is what the byte depends on. Never asked is which place it is.
final class TableLoads {
    struct Dependence: OptionSet {
        let rawValue: UInt8

        static let port = Dependence(rawValue: 1)
        /// On what was never written, or on a part of an argument that does not count.
        static let foreign = Dependence(rawValue: 2)
    }

    private let applications: [UnknownFunctions.Application]
    private var places: [Variable: Int] = [:]
    private var known: [Variable: Dependence] = [:]
    /// Whether every eight bytes that were taken for a key begin at a multiple of eight.
    private(set) var isAligned = true

    init(_ applications: [UnknownFunctions.Application], of question: TableQuestion) {
        self.applications = applications
        for (place, application) in applications.enumerated() {
            for variable in application.result.variables { places[variable] = place }
        }
        for variable in question.flowVariables { known[variable] = [] }
        for variable in question.port.variables { known[variable] = .port }
    }

    /// Whether a term is eight bytes in a row, as the table holds them.
    func isKey(_ term: BitVector) -> Bool {
        let bytes = term.variables.compactMap { places[$0] }.sorted()
        guard term.width == 64, bytes.count == 8, let first = bytes.first,
            bytes == Array(first..<first + 8)
        else { return false }
        let read = applications[first..<first + 8]
        let value = read.dropFirst().reduce(applications[first].result) {
            $1.result.concatenated(withLow: $0)
        }
        let offset = applications[first].arguments[0]
        let areInARow = read.enumerated().allSatisfy { $1.arguments == [offset + offset.constant($0)] }
        guard value == term, areInARow else { return false }
        let low = offset[0..<3]
        if low.equals(low.constant(0)).constantValue != true { isAligned = false }
        return true
    }

    /// What a term over these variables depends on, through all the places that its bytes are read from.
    func dependence(of variables: [Variable]) -> Dependence {
        var result: Dependence = []
        for variable in variables { result.formUnion(dependence(of: variable)) }
        return result
    }

    private func dependence(of variable: Variable) -> Dependence {
        if let dependence = known[variable] { return dependence }
        // A place is made before the byte that is read there, so this ends.
        let dependence: Dependence =
            places[variable].map { place in
                self.dependence(of: applications[place].arguments.flatMap(\.variables))
            } ?? .foreign
        known[variable] = dependence
        return dependence
    }
}

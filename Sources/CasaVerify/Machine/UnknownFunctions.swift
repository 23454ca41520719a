package import CasaSMT

/// Functions of which nothing is known but that equal arguments have equal results.
///
/// Each application is a variable. Applications to the same terms are the same variable; that others may be
/// equal too is said by `congruences`, for those who need it (Ackermann, "Solvable Cases of the Decision Problem",
/// 1954).
package final class UnknownFunctions {
    package struct Application {
        package let function: String
        package let arguments: [BitVector]
        package let result: BitVector
    }

    private struct Key: Hashable {
        let function: String
        let arguments: [BitVector]
    }

    private let arena: TermArena
    package private(set) var applications: [Application] = []
    private var known: [Key: BitVector] = [:]

    init(_ arena: TermArena) {
        self.arena = arena
    }

    /// Says what one application is, before it is made.
    package func define(_ function: String, _ arguments: [BitVector], as result: BitVector) {
        known[Key(function: function, arguments: arguments)] = result
        applications.append(Application(function: function, arguments: arguments, result: result))
    }

    package func apply(_ function: String, _ arguments: [BitVector], width: Int) -> BitVector {
        let key = Key(function: function, arguments: arguments)
        if let result = known[key] { return result }
        let result = arena.variable("\(function) \(applications.count)", width: width)
        known[key] = result
        applications.append(Application(function: function, arguments: arguments, result: result))
        return result
    }

    /// That equal arguments have equal results, for each application from `first` on and all before it.
    package func congruences(from first: Int) -> [Boolean] {
        var result: [Boolean] = []
        for later in first..<max(first, applications.count) {
            for earlier in 0..<later {
                congruence(applications[earlier], applications[later]).map { result.append($0) }
            }
        }
        return result
    }

    private func congruence(_ left: Application, _ right: Application) -> Boolean? {
        guard left.function == right.function else { return nil }
        var areEqual = arena.boolean(true)
        for (mine, others) in zip(left.arguments, right.arguments) {
            areEqual = areEqual && mine.equals(others)
        }
        guard areEqual.constantValue != false else { return nil }
        return areEqual.implies(left.result.equals(right.result))
    }
}

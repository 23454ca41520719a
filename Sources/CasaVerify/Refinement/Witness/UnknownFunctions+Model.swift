internal import CasaSMT

extension UnknownFunctions {
    private struct Call: Hashable {
        let function: String
        let arguments: [UInt128]
    }

    /// The congruences that a model breaks: it gives equal arguments different results, so it shows nothing.
    ///
    /// There are far too many congruences to tell a solver all of them. Told those that its model breaks, it finds another
    /// model, or proves that there is none; a few rounds are enough. None are broken by a model that can be replayed.
    func congruences(brokenBy model: Model) -> [Boolean] {
        var first: [Call: (application: Application, result: UInt128)] = [:]
        var broken: [Boolean] = []
        for application in applications {
            let call = Call(
                function: application.function, arguments: application.arguments.map { model.value(of: $0) })
            let result = model.value(of: application.result)
            guard let earlier = first[call] else {
                first[call] = (application, result)
                continue
            }
            guard earlier.result != result else { continue }
            var areEqual = application.result.arena.boolean(true)
            for (left, right) in zip(earlier.application.arguments, application.arguments) {
                areEqual = areEqual && left.equals(right)
            }
            broken.append(areEqual.implies(earlier.application.result.equals(application.result)))
        }
        return broken
    }

    /// A model in which the first of equal applications says what all of them are; `nil` where that is so already.
    func repaired(_ model: Model) -> Model? {
        var first: [Call: UInt128] = [:]
        var changed: [String: UInt128] = [:]
        for application in applications {
            let call = Call(
                function: application.function, arguments: application.arguments.map { model.value(of: $0) })
            let result = model.value(of: application.result)
            guard let earlier = first.updateValue(first[call] ?? result, forKey: call), earlier != result
            else {
                continue
            }
            for variable in application.result.variables { changed[variable.name] = earlier }
        }
        guard !changed.isEmpty else { return nil }
        return Model(model.entries.map { Model.Entry($0.variable, changed[$0.variable.name] ?? $0.value) })
    }
}

import CasaSMT

/// A term of two numbers and a truth, with what it must be for each of their values.
struct Sample<Value: Term> {
    let term: Value
    let values: [Int]
}

/// Builds samples at one width and holds each to what it must be.
final class Workbench {
    let width: Int
    let arena: TermArena
    let models: [Model]
    private var valuesOfCone: [TermID: [Int]] = [:]
    private(set) var mismatches: [String] = []
    private(set) var count = 0

    let x: Sample<BitVector>
    let y: Sample<BitVector>
    let p: Sample<Boolean>

    init(width: Int) {
        self.width = width
        arena = TermArena()
        let (x, y, p) = (
            arena.variable("x", width: width), arena.variable("y", width: width), arena.proposition("p")
        )
        var points: [(Int, Int, Int)] = []
        for first in 0..<1 << width {
            for second in 0..<1 << width { points += [(first, second, 0), (first, second, 1)] }
        }
        models = points.map { point in
            Model([
                .init(x.variables[0], UInt128(point.0)), .init(y.variables[0], UInt128(point.1)),
                .init(p.variables[0], UInt128(point.2)),
            ])
        }
        self.x = Sample(term: x, values: points.map(\.0))
        self.y = Sample(term: y, values: points.map(\.1))
        self.p = Sample(term: p, values: points.map(\.2))
    }

    func constant(_ value: Int, width: Int) -> Sample<BitVector> {
        Sample(term: arena.constant(value, width: width), values: models.map { _ in value })
    }

    /// The sample, after its term was evaluated for all values.
    func check<Value: Term>(_ term: Value, _ values: [Int], _ what: @autoclosure () -> String) -> Sample<
        Value
    > {
        count += 1
        if actual(term) != values, mismatches.count < 10 { mismatches.append("\(what()) became \(term)") }
        return Sample(term: term, values: values)
    }

    private func actual(_ term: some Term) -> [Int] {
        if let known = valuesOfCone[term.id] { return known }
        let cone = term.cone
        let values = models.map { Int(cone.evaluate($0)[0]) }
        valuesOfCone[term.id] = values
        return values
    }
}

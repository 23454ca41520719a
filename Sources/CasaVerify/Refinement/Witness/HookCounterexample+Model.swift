internal import CasaSMT

extension HookCounterexample {
    /// How much of a packet is kept as bytes; what lies behind is known by its offset.
    private static let packetLimit = 2_048
    private static let packetFunction = "packet"

    /// What a solver's model says of everything that a program can have seen.
    ///
    /// The names are those that a replay understands; see `HookCircumstances`.
    init(program: String, world: SymbolicWorld, model: Model, found: BitVector, expected: BitVector) {
        let values = model.values(
            of: world.functions.applications.flatMap { $0.arguments + [$0.result] } + [found, expected])
        var place = 0
        var circumstances: [Circumstance] = []
        var bytes: [Int: UInt8] = [:]
        var results: Set<String> = []
        for (number, application) in world.functions.applications.enumerated() {
            let arguments = values[place..<place + application.arguments.count].map {
                UInt64(truncatingIfNeeded: $0)
            }
            place += application.arguments.count + 1
            let value = UInt64(truncatingIfNeeded: values[place - 1])
            results.insert("\(application.function) \(number)")
            if application.function == Self.packetFunction, let offset = arguments.first,
                offset < Self.packetLimit
            {
                bytes[Int(offset)] = UInt8(truncatingIfNeeded: value)
            } else {
                circumstances.append(Circumstance(of: application.function, arguments, is: value))
            }
        }
        for entry in model.entries where !results.contains(entry.variable.name) {
            circumstances.append(
                Circumstance(name: entry.variable.name, value: UInt64(truncatingIfNeeded: entry.value)))
        }
        let length = (0..<4).reduce(UInt64(0)) { sum, index in
            let byte = circumstances.last { $0.name == "__sk_buff \(index)" }?.value ?? 0
            return sum | byte << UInt64(index * 8)
        }
        self.init(
            program: program,
            packet: (0..<Int(min(length, UInt64(Self.packetLimit)))).map { bytes[$0] ?? 0 },
            circumstances: circumstances.sorted { ($0.name, $0.value) < ($1.name, $1.value) },
            found: UInt64(truncatingIfNeeded: values[place]),
            expected: UInt64(truncatingIfNeeded: values[place + 1]))
    }
}

extension Model {
    /// The values of some terms of one arena, in their order.
    fileprivate func values(of terms: [BitVector]) -> [UInt128] { terms.map { value(of: $0) } }
}

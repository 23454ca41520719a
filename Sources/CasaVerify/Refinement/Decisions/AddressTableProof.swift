package import CasaPolicyIR
internal import CasaSMT

/// Whether the bytes of an address table tell the programs what is known of each address, and nothing else.
///
/// Every slot is read: it is empty, or holds a known address with its classes. Every known address is looked
/// for as the programs do. The bytes decide alone, so there is no question to the solver.
package struct AddressTableProof {
    package enum Family: Hashable, Sendable, CaseIterable {
        case v4, v6

        /// The section of the object, and so the map, that holds the table.
        package var section: String {
            switch self {
            case .v4: ".rodata.addresses4"
            case .v6: ".rodata.addresses6"
            }
        }

        var slotSize: Int {
            switch self {
            case .v4: 16
            case .v6: 32
            }
        }
    }

    private static let classLimit = 6

    private let family: Family
    /// The addresses of the family with their classes.
    private let expected: [IPAddress: [UInt16]]
    /// Those that have any, in order; to be in the table without classes and not to be in it are the same.
    private let addresses: [IPAddress]

    /// Takes all that is known; the other family's addresses are not its business.
    package init(_ family: Family, expected: [IPAddress: [UInt16]]) {
        self.family = family
        self.expected = expected.filter { family.holds($0.key) }.mapValues { $0.sorted() }
        addresses = self.expected.filter { !$0.value.isEmpty }.keys.sorted()
    }

    package func run(_ bytes: [UInt8]) -> ObligationResult {
        let start = ContinuousClock.now
        let counterexample = counterexample(in: bytes)
        return ObligationResult(
            name: "addresses \(family)", answer: counterexample.map { .refuted(.tableEntry($0)) } ?? .proved,
            questions: 0, steps: 0, time: ContinuousClock.now - start)
    }

    private func counterexample(in bytes: [UInt8]) -> TableCounterexample? {
        let table: AddressTableBytes
        do {
            table = try AddressTableBytes(family, bytes)
        } catch {
            return difference(at: 0, found: error.found, expected: error.expected)
        }
        var places: [IPAddress: Int] = [:]
        for slot in 0..<table.slotCount {
            let bytes = table.slot(slot)
            if bytes.allSatisfy({ $0 == 0 }) { continue }
            let address = family.address(bytes)
            guard let classes = expected[address], classes.count <= Self.classLimit else {
                return difference(at: slot, found: text(bytes), expected: "a known address, or zeros")
            }
            let wanted = slotBytes(address, classes)
            guard Array(bytes) == wanted else {
                return difference(at: slot, found: text(bytes), expected: text(wanted[...]))
            }
            if let other = places.updateValue(slot, forKey: address) {
                return difference(at: slot, found: text(bytes), expected: "\(address) only in slot \(other)")
            }
        }
        for address in addresses {
            let slot = table.probe(address)
            guard places[address] != slot else { continue }
            return difference(
                at: slot, found: text(table.slot(slot)),
                expected: text(slotBytes(address, expected[address] ?? [])[...]))
        }
        return nil
    }

    /// What the slot of an address has to hold.
    private func slotBytes(_ address: IPAddress, _ classes: [UInt16]) -> [UInt8] {
        var bytes: [UInt8] = []
        func append(_ number: UInt64, count: Int) {
            for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(place * 8))) }
        }
        switch address {
        case .v4(let value): append(UInt64(value), count: 4)
        case .v6(let high, let low):
            append(high, count: 8)
            append(low, count: 8)
        }
        for place in 0..<Self.classLimit {
            append(place < classes.count ? UInt64(classes[place]) : 0, count: 2)
        }
        if case .v6 = address { append(0, count: 4) }
        return bytes
    }

    private func difference(at slot: Int, found: String, expected: String) -> TableCounterexample {
        TableCounterexample(table: family.section, slot: slot, found: found, expected: expected)
    }

    /// Bytes as two digits each.
    private func text(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}

extension AddressTableProof.Family {
    fileprivate func holds(_ address: IPAddress) -> Bool {
        switch (self, address) {
        case (.v4, .v4), (.v6, .v6): true
        case (.v4, .v6), (.v6, .v4): false
        }
    }

    /// The address that a slot begins with.
    fileprivate func address(_ slot: ArraySlice<UInt8>) -> IPAddress {
        switch self {
        case .v4: .v4(UInt32(slot.number(at: 0, count: 4)))
        case .v6: .v6(high: slot.number(at: 0, count: 8), low: slot.number(at: 8, count: 8))
        }
    }
}

/// Types and texts of one object, in the order of their numbers.
package struct BTF: Hashable, Sendable {
    /// Without `void`: the type with number `n` is `types[n - 1]`.
    package internal(set) var types: [BTFType]

    /// The string table: terminated texts, the first of them empty.
    package let strings: [UInt8]

    package subscript(id: BTFTypeID) -> BTFType? {
        id == .void || id.rawValue > types.count ? nil : types[Int(id.rawValue) - 1]
    }

    /// The text at a place of the string table; nil when it is not UTF-8 or does not lie in the table.
    package subscript(string: BTFString) -> String? {
        guard string.rawValue < strings.count else { return nil }
        let tail = strings[Int(string.rawValue)...]
        guard let end = tail.firstIndex(of: 0) else { return nil }
        return String(validating: tail[..<end], as: UTF8.self)
    }

    /// The numbers of all types, ascending.
    package var typeIDs: some Sequence<BTFTypeID> {
        types.indices.lazy.map { BTFTypeID(rawValue: UInt32($0 + 1)) }
    }

    /// The number of the first data section of that name; nil when there is none.
    package func dataSection(named name: String) -> BTFTypeID? {
        typeIDs.first { id in
            guard case .dataSection(let section, _, _) = self[id] else { return false }
            return self[section] == name
        }
    }
}

/// Reads the map definitions of `.maps`, which are written as types.
struct BPFMapReading {
    let elf: ELFObject
    let sections: BPFSections
    let symbols: BPFSymbols
    let btf: BTF

    func maps() throws(ObjectError) -> [BPFMapDefinition] {
        guard let index = sections.maps else { return [] }
        guard let section = btf.dataSection(named: BPFSections.mapsName),
            case .dataSection(_, _, let entries) = btf[section]
        else { throw failure(.badMapDefinition(BPFSections.mapsName)) }
        let placed = symbols.symbols(of: .object, in: index)
        // Code refers to symbols, definitions are by type: both must speak of the same things.
        guard placed.count == entries.count else { throw failure(.badMapDefinition(BPFSections.mapsName)) }
        var maps: [BPFMapDefinition] = []
        for (entry, symbol) in zip(entries, placed) {
            guard case .variable(let name, let type, _) = btf[entry.variable], btf[name] == symbol.name,
                symbol.value == Int(entry.offset)
            else { throw failure(.badMapDefinition(symbol.name)) }
            maps.append(try definition(named: symbol.name, type: type))
        }
        return maps
    }

    private func definition(named name: String, type: BTFTypeID) throws(ObjectError) -> BPFMapDefinition {
        guard case .composite(let composite) = btf[btf.unqualified(type)], !composite.isUnion else {
            throw failure(.badMapDefinition(name))
        }
        var fields = Fields()
        for member in composite.members {
            guard let field = btf[member.name].flatMap(Field.init(rawValue:)),
                case .pointer(let target) = btf[btf.unqualified(member.type)]
            else { throw failure(.badMapDefinition(name)) }
            guard try set(field, target: target, in: &fields) else {
                throw failure(.badMapDefinition(name))
            }
        }
        guard let kind = fields.type else { throw failure(.badMapDefinition(name)) }
        return BPFMapDefinition(
            name: name, type: kind, keyByteCount: fields.keyBytes ?? 0,
            valueByteCount: fields.valueBytes ?? 0, maximumEntries: fields.maximumEntries ?? 0,
            flags: fields.flags ?? 0, keyType: fields.keyType ?? .void, valueType: fields.valueType ?? .void)
    }

    /// The members of a definition that we understand; anything else would change what the map is.
    private enum Field: String {
        case type
        case maximumEntries = "max_entries"
        case flags = "map_flags"
        case key
        case value
        case keySize = "key_size"
        case valueSize = "value_size"
    }

    private struct Fields {
        var type: UInt32?
        var maximumEntries: UInt32?
        var flags: UInt32?
        var keyBytes: UInt32?
        var valueBytes: UInt32?
        var keyType: BTFTypeID?
        var valueType: BTFTypeID?
    }

    /// Whether the member was understood and does not contradict an earlier one.
    private func set(_ field: Field, target: BTFTypeID, in fields: inout Fields) throws(ObjectError) -> Bool {
        switch field {
        case .type: return set(\.type, number(target), in: &fields)
        case .maximumEntries: return set(\.maximumEntries, number(target), in: &fields)
        case .flags: return set(\.flags, number(target), in: &fields)
        case .keySize: return set(\.keyBytes, number(target), in: &fields)
        case .valueSize: return set(\.valueBytes, number(target), in: &fields)
        case .key: return set(\.keyBytes, size(target), in: &fields) && set(\.keyType, target, in: &fields)
        case .value:
            return set(\.valueBytes, size(target), in: &fields) && set(\.valueType, target, in: &fields)
        }
    }

    private func set<Value: Equatable>(
        _ path: WritableKeyPath<Fields, Value?>, _ value: Value?, in fields: inout Fields
    ) -> Bool {
        guard let value, fields[keyPath: path] == nil || fields[keyPath: path] == value else { return false }
        fields[keyPath: path] = value
        return true
    }

    /// Numbers are written as the length of an array.
    private func number(_ type: BTFTypeID) -> UInt32? {
        guard case .array(_, _, let count) = btf[type] else { return nil }
        return count
    }

    private func size(_ type: BTFTypeID) -> UInt32? {
        btf.byteCount(of: type).map(UInt32.init)
    }

    private func failure(_ problem: ObjectError.Problem) -> ObjectError {
        ObjectError(section: BPFSections.mapsName, offset: 0, problem: problem)
    }
}

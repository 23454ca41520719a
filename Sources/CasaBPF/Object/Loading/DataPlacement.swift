/// Fills in what compilers leave out of data section types, as every loader must before the kernel sees them:
/// the section's size and the places of its variables, in ascending order.
struct DataPlacement {
    let elf: ELFObject
    let symbols: BPFSymbols

    func place(in btf: BTF) throws(ObjectError) -> BTF {
        var placed = btf
        var seen: Set<String> = []
        for id in btf.typeIDs {
            guard case .dataSection(let name, let byteCount, let entries) = btf[id] else { continue }
            guard let text = btf[name], let index = elf.sections.firstIndex(where: { $0.name == text }) else {
                throw failure(.missingSection(btf[name] ?? ""))
            }
            guard seen.insert(text).inserted else { throw failure(.duplicate(text)) }
            let size = elf.sections[index].size
            guard byteCount == 0 || byteCount == size else { throw failure(.badVariable(text)) }
            var sorted = entries
            if byteCount == 0 { sorted = try self.entries(entries, in: index, btf: btf) }
            sorted.sort { ($0.offset, $0.variable.rawValue) < ($1.offset, $1.variable.rawValue) }
            try check(sorted, size: size, section: text, btf: btf)
            placed.types[Int(id.rawValue) - 1] =
                .dataSection(name: name, byteCount: UInt32(size), entries: sorted)
        }
        return placed
    }

    private func entries(
        _ entries: [BTFDataSectionEntry], in section: Int, btf: BTF
    ) throws(ObjectError) -> [BTFDataSectionEntry] {
        var places: [String: Int] = [:]
        for symbol in symbols.symbols(of: .object, in: section) { places[symbol.name] = symbol.value }
        var placed: [BTFDataSectionEntry] = []
        for var entry in entries {
            let name = try variableName(entry, btf: btf)
            guard let place = places[name] else { throw failure(.badVariable(name)) }
            entry.offset = UInt32(place)
            placed.append(entry)
        }
        return placed
    }

    /// The kernel's own conditions on a data section.
    private func check(
        _ entries: [BTFDataSectionEntry], size: Int, section: String, btf: BTF
    ) throws(ObjectError) {
        var end = 0
        for entry in entries {
            let name = try variableName(entry, btf: btf)
            let isApart = entry.offset >= end
            end = Int(entry.offset) + Int(entry.byteCount)
            guard isApart, end <= size, entry.byteCount > 0 else { throw failure(.badVariable(name)) }
        }
    }

    private func variableName(_ entry: BTFDataSectionEntry, btf: BTF) throws(ObjectError) -> String {
        guard case .variable(let name, _, let linkage) = btf[entry.variable], linkage != .extern else {
            throw failure(.unexpectedType(entry.variable.rawValue))
        }
        return btf[name] ?? ""
    }

    private func failure(_ problem: ObjectError.Problem) -> ObjectError {
        ObjectError(section: ".BTF", offset: 0, problem: problem)
    }
}

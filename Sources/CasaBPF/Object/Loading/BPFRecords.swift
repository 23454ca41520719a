/// The function and line records of an object, by section of code.
struct BPFRecords {
    private var functions: [String: [BTFFunctionRecord]] = [:]
    private var lines: [String: [BTFLineRecord]] = [:]

    /// Whether any code has line records: then the kernel wants them for every function.
    let hasLines: Bool

    init(_ records: BTFExtension, btf: BTF) {
        for group in records.functions { functions[btf[group.section] ?? "", default: []] += group.records }
        for group in records.lines { lines[btf[group.section] ?? "", default: []] += group.records }
        hasLines = !lines.isEmpty
    }

    /// The types of a section's functions by their first instructions.
    func types(in section: String) throws(ObjectError) -> [Int: BTFTypeID] {
        var types: [Int: BTFTypeID] = [:]
        for record in functions[section] ?? [] {
            guard types.updateValue(record.type, forKey: record.instruction) == nil else {
                throw failure(.unorderedRecords, section: section, instruction: record.instruction)
            }
        }
        return types
    }

    /// A section's line records, checked to be in strictly ascending order.
    func lines(in section: String) throws(ObjectError) -> [BTFLineRecord] {
        let lines = lines[section] ?? []
        for (earlier, later) in zip(lines, lines.dropFirst())
        where earlier.instruction >= later.instruction {
            throw failure(.unorderedRecords, section: section, instruction: later.instruction)
        }
        return lines
    }

    private func failure(
        _ problem: ObjectError.Problem, section: String, instruction: Int
    ) -> ObjectError {
        ObjectError(section: section, offset: instruction * 8, problem: problem)
    }
}

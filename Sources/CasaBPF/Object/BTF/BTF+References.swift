extension BTF {
    /// Checks that every type another one names exists.
    func checkReferences() throws(ObjectError) {
        for id in typeIDs {
            guard let type = self[id] else { continue }
            for reference in type.references where reference.rawValue > types.count {
                throw ObjectError(section: ".BTF", offset: 0, problem: .badTypeID(reference.rawValue))
            }
        }
    }
}

extension BTFType {
    /// The types that this type names, in the order of the record.
    var references: [BTFTypeID] {
        switch self {
        case .integer, .enumeration, .enumeration64, .forward, .floatingPoint: []
        case .pointer(let type), .alias(_, let type), .volatile(let type), .constant(let type),
            .restrict(let type), .function(_, let type, _), .variable(_, let type, _),
            .declarationTag(_, let type, _), .typeTag(_, let type):
            [type]
        case .array(let element, let index, _): [element, index]
        case .composite(let composite): composite.members.map(\.type)
        case .functionPrototype(let returned, let parameters): [returned] + parameters.map(\.type)
        case .dataSection(_, _, let entries): entries.map(\.variable)
        }
    }
}

/// The reading of one file: its bytes and its section headers.
struct ELFReading {
    static let headerBytes = 64
    static let sectionHeaderBytes = 64
    static let symbolBytes = 24
    static let relocationBytes = 16

    let bytes: [UInt8]
    let limits: ObjectLimits
    let headers: [ELFSectionHeader]
    let nameTable: Int

    init(_ bytes: [UInt8], limits: ObjectLimits) throws(ObjectError) {
        let file = SectionBytes(section: ObjectError.fileHeader, bytes: bytes[...])
        guard bytes.count <= limits.bytes else { throw file.failure(.tooLarge(limit: limits.bytes), at: 0) }
        try Self.checkHeader(file, limits: limits)
        guard let (headers, names) = ELFLibrary.sectionHeaders(of: bytes), names < headers.count else {
            throw file.failure(.unreadableHeaders, at: 0)
        }
        guard headers.count <= limits.sections else {
            throw file.failure(.tooMany(.sections, limit: limits.sections), at: 0)
        }
        self.bytes = bytes
        self.limits = limits
        self.headers = headers
        nameTable = names
    }

    /// Everything that decides how far libelf would read, before libelf sees the file.
    private static func checkHeader(_ file: SectionBytes, limits: ObjectLimits) throws(ObjectError) {
        let identification: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1]
        guard try file.slice(at: 0, count: headerBytes).starts(with: identification) else {
            throw file.failure(.notABPFObject, at: 0)
        }
        let type: UInt16 = try file.integer(at: 16)
        let machine: UInt16 = try file.integer(at: 18)
        guard type == 1, machine == 247 else { throw file.failure(.notABPFObject, at: 16) }
        let tableOffset: UInt64 = try file.integer(at: 40)
        let entrySize: UInt16 = try file.integer(at: 58)
        let count: UInt16 = try file.integer(at: 60)
        guard entrySize == sectionHeaderBytes, count > 0, tableOffset >= UInt64(headerBytes) else {
            throw file.failure(.unreadableHeaders, at: 40)
        }
        guard count <= limits.sections else {
            throw file.failure(.tooMany(.sections, limit: limits.sections), at: 60)
        }
        guard let start = Int(exactly: tableOffset), start <= file.count,
            Int(count) * sectionHeaderBytes <= file.count - start
        else { throw file.failure(.truncated(needed: Int(count) * sectionHeaderBytes), at: 40) }
    }

    /// A place in the section header table, for errors.
    func headerFailure(_ problem: ObjectError.Problem, section: Int) -> ObjectError {
        ObjectError(
            section: ObjectError.fileHeader, offset: section * Self.sectionHeaderBytes, problem: problem)
    }
}

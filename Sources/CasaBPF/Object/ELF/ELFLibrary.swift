internal import CELF

/// A section header as it stands in the file.
struct ELFSectionHeader {
    let name: UInt32
    let type: UInt32
    let flags: UInt64
    let offset: UInt64
    let size: UInt64
    let link: UInt32
    let info: UInt32
    let alignment: UInt64
    let entrySize: UInt64
}

/// The only code that speaks to libelf.
///
/// libelf finds the section headers. No pointer of its leaves this file and no content is read through it:
/// every byte that is used comes from our own array, within ranges that we checked.
enum ELFLibrary {
    private static let isReady = elf_version(UInt32(EV_CURRENT)) != UInt32(EV_NONE)

    /// The section headers and the index of the table of their names; nil when libelf finds none.
    static func sectionHeaders(of bytes: [UInt8]) -> (headers: [ELFSectionHeader], names: Int)? {
        guard isReady else { return nil }
        var image = bytes
        return image.withUnsafeMutableBytes { buffer in
            guard let start = buffer.baseAddress else { return nil }
            guard let elf = elf_memory(start.assumingMemoryBound(to: CChar.self), buffer.count) else {
                return nil
            }
            defer { elf_end(elf) }
            return headers(of: elf)
        }
    }

    private static func headers(of elf: OpaquePointer) -> (headers: [ELFSectionHeader], names: Int)? {
        var count = 0
        var names = 0
        guard elf_kind(elf) == ELF_K_ELF, elf_getshdrnum(elf, &count) == 0 else { return nil }
        guard elf_getshdrstrndx(elf, &names) == 0 else { return nil }
        var headers: [ELFSectionHeader] = []
        for index in 0..<count {
            guard let section = elf_getscn(elf, index), let header = elf64_getshdr(section)?.pointee else {
                return nil
            }
            headers.append(
                ELFSectionHeader(
                    name: header.sh_name, type: header.sh_type, flags: header.sh_flags,
                    offset: header.sh_offset, size: header.sh_size, link: header.sh_link,
                    info: header.sh_info, alignment: header.sh_addralign, entrySize: header.sh_entsize))
        }
        return (headers, names)
    }
}

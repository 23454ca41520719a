/// An ELF string table under construction; equal names share a place.
struct StringTable {
    private(set) var bytes: [UInt8] = [0]
    private var places: [String: UInt32] = ["": 0]

    mutating func place(of name: String) -> UInt32 {
        if let place = places[name] { return place }
        let place = UInt32(bytes.count)
        bytes.append(contentsOf: name.utf8.prefix { $0 != 0 })
        bytes.append(0)
        places[name] = place
        return place
    }
}

/// What programs get where they load maps, by how they name them.
package struct ConcreteMapTable: Sendable {
    /// What a program gets where it loads a map.
    package struct Map: Hashable, Sendable {
        /// What calls take as the map.
        package var handle: UInt64
        /// The address of the only value, where the program may refer to it directly.
        package var value: UInt64?

        package init(handle: UInt64, value: UInt64? = nil) {
            self.handle = handle
            self.value = value
        }
    }

    /// Objects have about ten maps, and programs load them all the time: small numbers are places.
    private static let smallCount = 64
    private var descriptors: [Map?] = []
    private var indices: [Map?] = []
    private var others: [MapReference: Map] = [:]

    package init() {}

    package subscript(_ reference: MapReference) -> Map? {
        get {
            switch reference {
            case .descriptor(let number) where descriptors.indices.contains(Int(number)):
                descriptors[Int(number)]
            case .index(let number) where indices.indices.contains(Int(number)): indices[Int(number)]
            case .descriptor, .index: others[reference]
            }
        }
        set {
            switch reference {
            case .descriptor(let number) where Self.isSmall(number):
                Self.set(newValue, at: number, &descriptors)
            case .index(let number) where Self.isSmall(number): Self.set(newValue, at: number, &indices)
            case .descriptor, .index: others[reference] = newValue
            }
        }
    }

    private static func isSmall(_ number: Int32) -> Bool { (0..<Int32(smallCount)).contains(number) }

    private static func set(_ map: Map?, at number: Int32, _ maps: inout [Map?]) {
        if maps.isEmpty { maps = Array(repeating: nil, count: smallCount) }
        maps[Int(number)] = map
    }
}

internal import CLibBPF

/// A map with one value that programs read and write, for tests of instructions.
package struct TestMap: Sendable {
    private let map: KernelMap

    package init(_ value: [UInt8]) throws(SystemCallFailure) {
        map = try KernelMap(creating: "casa_test", .variables(bytes: value.count), types: nil)
        try set(value)
    }

    /// What code names it by.
    package var descriptor: Int32 { map.descriptor.rawValue }

    package func set(_ value: [UInt8]) throws(SystemCallFailure) {
        try map.set(value)
    }

    package func value() throws(SystemCallFailure) -> [UInt8] {
        var key: UInt32 = 0
        var value = [UInt8](repeating: 0, count: Int(map.shape.valueBytes))
        let result = bpf_map_lookup_elem(map.descriptor.rawValue, &key, &value)
        guard result == 0 else {
            throw SystemCallFailure("BPF_MAP_LOOKUP_ELEM", "map `\(map.name)`", result: result)
        }
        return value
    }
}

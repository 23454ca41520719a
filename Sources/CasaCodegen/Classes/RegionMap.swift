/// Which region class an address of one family has: constant from each start up to the next one.
///
/// What `casa_region4` and `casa_region6` compute, before it is code.
package struct RegionMap<Address: FixedWidthInteger & UnsignedInteger & Sendable>: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package let start: Address
        /// 0 where no block of the policy holds the address.
        package let classNumber: UInt16
    }

    /// The first starts at zero; neighbours differ.
    package let steps: [Step]

    /// Whether any address has a region.
    package var hasRegions: Bool { steps.contains { $0.classNumber != 0 } }

    /// The class of an address.
    package subscript(address: Address) -> UInt16 {
        var low = 0
        var high = steps.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if steps[middle].start <= address { low = middle } else { high = middle - 1 }
        }
        return steps[low].classNumber
    }
}

import Foundation

/// Changes in one place of a JSON value.
enum JSONChange {
    /// The paths of everything that is neither an object nor an array.
    static func leaves(of value: Any) -> [[String]] {
        if let object = value as? [String: Any] {
            return object.keys.sorted().flatMap { key in
                leaves(of: object[key] ?? NSNull()).map { [key] + $0 }
            }
        }
        if let array = value as? [Any] {
            return array.indices.flatMap { index in leaves(of: array[index]).map { ["\(index)"] + $0 } }
        }
        return [[]]
    }

    /// Another value of the same type: one more, or another last digit.
    static func changing(_ value: Any, at path: [String]) -> Any {
        replacing(value, at: path[...]) { leaf in
            if let text = leaf as? String { return text.dropLast() + (text.hasSuffix("0") ? "1" : "0") }
            if let number = leaf as? Int { return number + 1 }
            return leaf
        }
    }

    static func removing(_ value: Any, at path: [String]) -> Any {
        replacing(value, at: path[...]) { _ in nil }
    }

    private static func replacing(_ value: Any, at path: ArraySlice<String>, by change: (Any) -> Any?) -> Any
    {
        guard let key = path.first else { return change(value) ?? NSNull() }
        let isLast = path.count == 1
        if var object = value as? [String: Any] {
            let old = object[key] ?? NSNull()
            object[key] = isLast ? change(old) : replacing(old, at: path.dropFirst(), by: change)
            return object
        }
        if var array = value as? [Any], let index = Int(key) {
            if isLast {
                if let new = change(array[index]) { array[index] = new } else { array.remove(at: index) }
            } else {
                array[index] = replacing(array[index], at: path.dropFirst(), by: change)
            }
            return array
        }
        return value
    }
}

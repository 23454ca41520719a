// Sums and exclusive ors of several terms have one order, so that what a compiler put together in another order is the
// same term. Long chains are left as they are: sorting them anew at each link would be quadratic.

extension TermArena {
    private static let chainLimit = 8

    /// A chain of one operation in its order; its constant, if it has one, stays last.
    func order(_ operation: BinaryOperation, _ left: TermID, _ right: TermID) -> TermID? {
        guard operation == .exclusiveOr || operation == .add,
            isChain(operation, left) || isChain(operation, right)
        else { return nil }
        var links: [TermID] = []
        var pending = [right, left]
        while let next = pending.popLast() {
            guard links.count + pending.count < Self.chainLimit else { return nil }
            if case .binary(operation, let first, let second) = node(next) {
                pending += [second, first]
            } else {
                links.append(next)
            }
        }
        links.sort { first, second in
            let (isFirstConstant, isSecondConstant) = (
                constantValue(first) != nil, constantValue(second) != nil
            )
            return isFirstConstant == isSecondConstant ? first < second : isSecondConstant
        }
        return links.dropFirst().reduce(links[0]) { intern(.binary(operation, $0, $1), sorts[left.index]) }
    }

    private func isChain(_ operation: BinaryOperation, _ term: TermID) -> Bool {
        guard case .binary(operation, _, _) = node(term) else { return false }
        return true
    }
}

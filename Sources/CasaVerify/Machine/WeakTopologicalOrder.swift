internal import CasaBPF

/// The blocks of a function in an order in which every loop stands together, behind its head.
///
/// F. Bourdoncle, "Efficient chaotic iteration strategies with widenings", 1993.
struct WeakTopologicalOrder {
    /// The loops around a block, outermost first, by their heads; a head is in its own loop.
    private(set) var loops: [Int: [Int]] = [:]
    /// Ascending in the order.
    private(set) var places: [Int: Int] = [:]

    private indirect enum Element {
        case block(Int)
        case loop(head: Int, [Element])
    }

    init(of function: ControlFlow.Function, in flow: ControlFlow) {
        var search = Search(flow)
        var elements: [Element] = []
        _ = search.visit(function.blocks.lowerBound, &elements)
        place(elements.reversed(), inside: [])
    }

    private mutating func place(_ elements: [Element], inside enclosing: [Int]) {
        for element in elements {
            switch element {
            case .block(let block): put(block, enclosing)
            case .loop(let head, let body):
                put(head, enclosing + [head])
                place(body, inside: enclosing + [head])
            }
        }
    }

    private mutating func put(_ block: Int, _ enclosing: [Int]) {
        places[block] = places.count
        loops[block] = enclosing
    }

    private struct Search {
        private let flow: ControlFlow
        private var numbers: [Int: Int] = [:]
        private var stack: [Int] = []
        private var count = 0

        init(_ flow: ControlFlow) {
            self.flow = flow
        }

        /// Adds the strongly connected parts behind a block, last first; the least number that they reach.
        mutating func visit(_ block: Int, _ elements: inout [Element]) -> Int {
            stack.append(block)
            count += 1
            numbers[block] = count
            var head = count
            var isLoop = false
            for next in flow.blocks[block].successors {
                let least = numbers[next] ?? visit(next, &elements)
                if least <= head {
                    head = least
                    isLoop = true
                }
            }
            guard head == numbers[block] else { return head }
            numbers[block] = Int.max
            var member = stack.removeLast()
            guard isLoop else {
                elements.append(.block(block))
                return head
            }
            while member != block {
                numbers[member] = nil
                member = stack.removeLast()
            }
            var body: [Element] = []
            for next in flow.blocks[block].successors where numbers[next] == nil { _ = visit(next, &body) }
            elements.append(.loop(head: block, body.reversed()))
            return head
        }
    }
}

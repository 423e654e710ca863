/// Whose turn it is: one queue a run, served in turn, so that a run with a thousand wishes delays another by one.
struct FairQueue<Element> {
    /// Whom an element belongs to; nil for everybody without a run.
    typealias Lane = ObjectIdentifier?

    private struct Line {
        var elements: [Element] = []
        var first = 0

        mutating func pop() -> Element? {
            guard first < elements.count else { return nil }
            defer {
                first += 1
                if first > 64, first * 2 > elements.count {
                    elements.removeFirst(first)
                    first = 0
                }
            }
            return elements[first]
        }

        var isEmpty: Bool { first >= elements.count }
    }

    private var lines: [Lane: Line] = [:]
    private var turns = Turns()
    /// How many elements wait.
    private(set) var count = 0

    /// The lanes in the order of their turns.
    private struct Turns {
        var lanes: [Lane] = []
        var first = 0
    }

    /// Whether nothing waits.
    var isEmpty: Bool { count == 0 }

    /// Puts an element at the end of its lane.
    mutating func append(_ element: Element, lane: Lane) {
        if lines[lane] == nil {
            lines[lane] = Line()
            turns.lanes.append(lane)
        }
        lines[lane]?.elements.append(element)
        count += 1
    }

    /// Takes the first element of the lane whose turn it is; nil when nothing waits.
    mutating func pop() -> Element? {
        guard turns.first < turns.lanes.count else { return nil }
        let lane = turns.lanes[turns.first]
        turns.first += 1
        if turns.first > 64, turns.first * 2 > turns.lanes.count {
            turns.lanes.removeFirst(turns.first)
            turns.first = 0
        }
        guard let element = lines[lane]?.pop() else { return nil }
        count -= 1
        if lines[lane]?.isEmpty == true {
            lines[lane] = nil
        } else {
            turns.lanes.append(lane)
        }
        return element
    }

    /// Takes everything, in order of turns.
    mutating func removeAll() -> [Element] {
        var all: [Element] = []
        while let element = pop() { all.append(element) }
        return all
    }
}

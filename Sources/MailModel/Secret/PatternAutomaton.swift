/// Finds many texts, and telling beginnings of them, in one pass over a longer one (Aho and Corasick, CACM 18, 1975).
///
/// A step follows a link or falls back, and it falls back no further than it went forward: the time is linear in the
/// text, however many the patterns and whatever stands in either. A node takes 32 octets, so that a token of two
/// thousand characters costs a run no more than some hundred kilobytes.
struct PatternAutomaton: Sendable {
    /// What is looked for.
    struct Pattern: Sendable {
        /// The octets, capital letters of ASCII made small.
        var octets: [UInt8]
        /// Whether it is a piece of base64, of which the whole run around is meant.
        var isBase64 = false
        /// For each length below that of the whole, whether a beginning so long is reported too; empty for none.
        var tellingLengths: [Bool] = []
    }

    /// What was found.
    struct Match: Sendable {
        var range: Range<Int>
        var isBase64: Bool
    }

    private struct Node {
        var octet: UInt8
        var isTelling = false
        var depth: Int32
        var firstChild: Int32 = 0
        var nextSibling: Int32 = 0
        var fallback: Int32 = 0
        /// The longest whole pattern that ends here, plain and base64.
        var plain: Int32 = 0
        var base64: Int32 = 0
        /// The nearest node on the way back, itself included, that is a telling beginning.
        var telling: Int32 = 0
    }

    private typealias Nodes = UnsafeBufferPointer<Node>

    private var nodes = [Node(octet: 0, depth: 0)]
    private var roots: [Int32]

    /// Whether nothing is looked for.
    var isEmpty: Bool { nodes.count == 1 }

    /// Makes an automaton.
    ///
    /// - Parameter patterns: What to look for; empty ones are passed over.
    init(_ patterns: [Pattern]) {
        roots = patterns.isEmpty ? [] : Array(repeating: 0, count: 256)
        for pattern in patterns where !pattern.octets.isEmpty { add(pattern) }
        if !isEmpty { link() }
    }

    /// Finds everything.
    ///
    /// - Parameters:
    ///   - text: The text, capital letters of ASCII made small.
    ///   - isReversed: Whether it is read from its end. The ranges are those of the text all the same.
    ///   - minimum: Octets that a match must have.
    /// - Returns: The matches, in the order in which they end.
    func matches(in text: [UInt8], isReversed: Bool = false, minimum: Int = 1) -> [Match] {
        guard !isEmpty else { return [] }
        return text.withUnsafeBufferPointer { text in
            nodes.withUnsafeBufferPointer { nodes in
                roots.withUnsafeBufferPointer { roots in
                    var scan = Scan(nodes: nodes, roots: roots, count: text.count, minimum: minimum)
                    scan.isReversed = isReversed
                    scan.run(text)
                    return scan.matches
                }
            }
        }
    }

    private mutating func add(_ pattern: Pattern) {
        var node: Int32 = 0
        for (place, octet) in pattern.octets.enumerated() {
            let next = nodes.withUnsafeBufferPointer { Self.child(of: node, octet, $0, roots) }
            node = next != 0 ? next : grow(node, octet)
            if place + 1 < pattern.tellingLengths.count, pattern.tellingLengths[place + 1] {
                nodes[Int(node)].isTelling = true
            }
        }
        let length = nodes[Int(node)].depth
        if pattern.isBase64 { nodes[Int(node)].base64 = length } else { nodes[Int(node)].plain = length }
    }

    private mutating func grow(_ parent: Int32, _ octet: UInt8) -> Int32 {
        let node = Int32(truncatingIfNeeded: nodes.count)
        nodes.append(Node(octet: octet, depth: nodes[Int(parent)].depth + 1))
        if parent == 0 {
            roots[Int(octet)] = node
        } else {
            nodes[Int(node)].nextSibling = nodes[Int(parent)].firstChild
            nodes[Int(parent)].firstChild = node
        }
        return node
    }

    /// Sets where each node falls back to, level by level, and what ends there besides its own pattern.
    private mutating func link() {
        var queue = roots.filter { $0 != 0 }
        for node in queue where nodes[Int(node)].isTelling { nodes[Int(node)].telling = node }
        var read = 0
        while read < queue.count {
            let parent = nodes[Int(queue[read])]
            read += 1
            var node = parent.firstChild
            while node != 0 {
                let octet = nodes[Int(node)].octet
                let back = nodes.withUnsafeBufferPointer { Self.step(from: parent.fallback, octet, $0, roots) }
                let earlier = nodes[Int(back)]
                nodes[Int(node)].fallback = back
                nodes[Int(node)].telling = nodes[Int(node)].isTelling ? node : earlier.telling
                if nodes[Int(node)].plain == 0 { nodes[Int(node)].plain = earlier.plain }
                if nodes[Int(node)].base64 == 0 { nodes[Int(node)].base64 = earlier.base64 }
                queue.append(node)
                node = nodes[Int(node)].nextSibling
            }
        }
    }

    private static func step(
        from node: Int32, _ octet: UInt8, _ nodes: Nodes, _ roots: some RandomAccessCollection<Int32>
    ) -> Int32 {
        var node = node
        while node != 0 {
            let next = child(of: node, octet, nodes, roots)
            if next != 0 { return next }
            node = nodes[Int(node)].fallback
        }
        return roots[roots.index(roots.startIndex, offsetBy: Int(octet))]
    }

    private static func child(
        of node: Int32, _ octet: UInt8, _ nodes: Nodes, _ roots: some RandomAccessCollection<Int32>
    ) -> Int32 {
        guard node != 0 else { return roots[roots.index(roots.startIndex, offsetBy: Int(octet))] }
        var next = nodes[Int(node)].firstChild
        while next != 0, nodes[Int(next)].octet != octet { next = nodes[Int(next)].nextSibling }
        return next
    }

    /// One pass over a text.
    private struct Scan {
        let nodes: Nodes
        let roots: UnsafeBufferPointer<Int32>
        let count: Int
        let minimum: Int
        var isReversed = false
        var matches: [Match] = []

        mutating func run(_ text: UnsafeBufferPointer<UInt8>) {
            var node: Int32 = 0
            for place in 0..<count {
                let octet = text[isReversed ? count - 1 - place : place]
                if node == 0 {
                    node = roots[Int(octet)]
                    guard node != 0 else { continue }
                } else {
                    let telling = nodes[Int(node)].telling
                    if telling != 0 { reportDropped(from: telling, by: octet, endingAt: place) }
                    node = PatternAutomaton.step(from: node, octet, nodes, roots)
                }
                let now = nodes[Int(node)]
                if now.plain > 0 { report(now.plain, endingAt: place + 1, false) }
                if now.base64 > 0 { report(now.base64, endingAt: place + 1, true) }
            }
            let telling = nodes[Int(node)].telling
            if telling != 0 { report(nodes[Int(telling)].depth, endingAt: count, false) }
        }

        /// Reports the longest telling beginning that an octet does not go on with. Shorter ones that end there lie inside it.
        private mutating func reportDropped(from telling: Int32, by octet: UInt8, endingAt place: Int) {
            var candidate = telling
            while candidate != 0 {
                if PatternAutomaton.child(of: candidate, octet, nodes, roots) == 0 {
                    return report(nodes[Int(candidate)].depth, endingAt: place, false)
                }
                candidate = nodes[Int(nodes[Int(candidate)].fallback)].telling
            }
        }

        private mutating func report(_ length: Int32, endingAt place: Int, _ isBase64: Bool) {
            guard length >= minimum else { return }
            let end = isReversed ? count - place + Int(length) : place
            matches.append(Match(range: (end - Int(length))..<end, isBase64: isBase64))
        }
    }
}

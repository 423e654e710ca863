/// Cross-validation by project: what is fitted to four parts of the corpus is printed of the fifth, all five together. Cues and
/// weights are set by hand and stay; fitted is the map from what is said to what it is worth.
struct Folds {
    var count: Int
    var outcomes: [Outcome]

    private static let bands: [(name: String, from: Double, below: Double)] = [
        ("0.9 or more", 0.9, 1.01), ("0.75 to 0.9", 0.75, 0.9), ("0.6 to 0.75", 0.6, 0.75), ("0.5 to 0.6", 0.5, 0.6),
        ("below 0.5", 0, 0.5),
    ]

    private var parts: [[Outcome]] {
        (0..<count).map { part in outcomes.filter { Self.part(of: $0.text.project, count) == part } }
    }

    /// The part of a project, by its name alone and independent of its half.
    private static func part(of project: String, _ count: Int) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for octet in project.utf8 { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01b3 }
        return Int((hash >> 44) % UInt64(count))
    }

    /// Prints the parts, and what is said against what it is worth.
    ///
    /// - Parameter isUntuned: Whether an outcome is one of a text that no cue was set by: only those teach the map.
    func print(isUntuned: (Outcome) -> Bool) {
        let parts = parts
        Swift.print("\n\(count) parts by project; no project is in two")
        for (number, part) in parts.enumerated() { Swift.print(Tally("part \(number + 1)", part).line) }
        for isExact in [true, false] {
            let said = answers(parts, isUntuned: isUntuned, isExact: isExact)
            let right = isExact ? "only the label is right" : "what the label accepts is right too"
            Swift.print("\n \(said.count) first answers to texts that no cue was set by; \(right)")
            table("as they are said", said.map { ($0.told.confidence, $0.told.isRight) })
            table("through the map fitted to the other parts", said.map { ($0.mapped, $0.told.isRight) })
            for kind in Told.Kind.allCases {
                let part = said.filter { $0.told.kind == kind }
                table("as they are said: \(kind.rawValue)", part.map { ($0.told.confidence, $0.told.isRight) })
            }
        }
    }

    /// The first answers, each with what the map says that was fitted to the parts of other projects.
    private func answers(
        _ parts: [[Outcome]], isUntuned: (Outcome) -> Bool, isExact: Bool
    ) -> [(mapped: Double, told: Told)] {
        parts.indices.flatMap { number in
            let others = parts.indices.filter { $0 != number }.flatMap { parts[$0] }
            let map = Calibration(others.filter(isUntuned).compactMap { Told($0, isExact: isExact) })
            let told = parts[number].filter(isUntuned).compactMap { Told($0, isExact: isExact) }
            return told.map { (map.worth($0), $0) }
        }
    }

    private func table(_ title: String, _ answers: [(said: Double, isRight: Bool)]) {
        let error = answers.reduce(0) { $0 + ($1.said - ($1.isRight ? 1 : 0)) * ($1.said - ($1.isRight ? 1 : 0)) }
        let brier = error / Double(max(answers.count, 1))
        Swift.print("\n  \(title): Brier \(Self.number(brier))")
        for band in Self.bands {
            let part = answers.filter { $0.said >= band.from && $0.said < band.below }
            guard !part.isEmpty else { continue }
            let mean = part.reduce(0) { $0 + $1.said } / Double(part.count)
            let share = Tally.share(part.count(where: \.isRight), part.count)
            Swift.print(
                "   \(band.name.padded(to: 14))\(String(part.count).leading(5))  said \(Self.number(mean))  right \(share)"
            )
        }
    }

    private static func number(_ value: Double) -> String {
        let thousandths = Int(value * 1_000 + 0.5)
        let digits = String(thousandths % 1_000)
        return "\(thousandths / 1_000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}

import MailModel

/// All that a DNS peer knows. A name it does not know does not exist.
struct DNSZone: Sendable {
    /// An alias that leads to itself ends after so many steps.
    private static let maximumAliases = 8

    private var records: [String: [DNSZoneRecord]] = [:]
    private var names: Set<String> = []

    init(_ all: [DNSZoneRecord]) {
        for record in all {
            records[record.name, default: []].append(record)
            var labels = record.name.split(separator: ".")[...]
            // The names above a record exist too, without records of their own (RFC 8020).
            while !labels.isEmpty {
                names.insert(labels.joined(separator: "."))
                labels = labels.dropFirst()
            }
        }
    }

    /// Lower case, without a trailing dot.
    static func canonical(_ name: String) -> String {
        let name = name.lowercased()
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }

    /// Whether there is such a name.
    func has(_ name: String) -> Bool { names.contains(name) }

    /// The records of a name and a type's number; an alias comes first, followed by what it leads to.
    func answers(_ name: String, type: UInt16) -> [(owner: String, code: DNSRecordCode, timeToLive: UInt32)] {
        var result: [(owner: String, code: DNSRecordCode, timeToLive: UInt32)] = []
        var name = name
        for _ in 0..<Self.maximumAliases {
            let found = (records[name] ?? []).compactMap { record in
                DNSRecordCode(record.record).map { (owner: name, code: $0, timeToLive: record.timeToLive) }
            }
            result += found.filter { $0.code.type == type }
            guard type != 5, let alias = (records[name] ?? []).firstAlias else { break }
            result += found.filter { $0.code.type == 5 }
            name = Self.canonical(alias)
        }
        return result
    }
}

extension [DNSZoneRecord] {
    fileprivate var firstAlias: String? {
        lazy.compactMap { if case .cname(let target) = $0.record { target } else { nil } }.first
    }
}

/// Finds names with dots in a text: hosts, and domains of addresses.
enum HostReader {
    /// The names that were found.
    struct Names {
        /// Names that stand by themselves.
        var hosts: Set<String> = []
        /// Domains of addresses.
        var domains: Set<String> = []
        /// All of them, and the names above each.
        var all: Set<String> = []

        /// Whether there are none.
        var isEmpty: Bool { all.isEmpty }
    }

    private static let limit = 2_000

    /// The names in a text.
    ///
    /// - Parameter text: The text in small letters.
    /// - Returns: The names.
    static func names(in text: String) -> Names {
        var names = Names()
        let octets = Array(text.utf8)
        var place = 0
        while place < octets.count, names.all.count < limit {
            guard octets[place].isAlphanumeric else {
                place += 1
                continue
            }
            var end = place
            while let octet = octets.at(end), octet.isAlphanumeric || octet == 0x2D || octet == 0x2E { end += 1 }
            let name = octets.text(place..<end).split(separator: ".").joined(separator: ".")
            if name.contains("."), name.utf8.contains(where: \.isLetter), name.utf8.count <= 253 {
                add(name, isDomain: octets.at(place - 1) == UInt8(ascii: "@"), to: &names)
            }
            place = end
        }
        return names
    }

    private static func add(_ name: String, isDomain: Bool, to names: inout Names) {
        if isDomain { names.domains.insert(name) } else { names.hosts.insert(name) }
        var rest = name[...]
        while rest.contains(".") {
            names.all.insert(String(rest))
            guard let dot = rest.firstIndex(of: ".") else { break }
            rest = rest[rest.index(after: dot)...]
        }
    }
}

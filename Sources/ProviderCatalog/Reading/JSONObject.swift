/// One object of a catalogue file. Each of its readers names file and key path when something is not as it must be.
struct JSONObject {
    /// The file it stands in.
    let file: String
    /// The place of the object in the file; empty for the whole.
    let path: String

    private let members: JSONMembers

    /// Takes a parsed value.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - file: The file.
    ///   - path: The place in it.
    /// - Throws: `CatalogError` when it is no object.
    init(_ value: JSONValue, file: String, path: String) throws(CatalogError) {
        guard case .object(let members) = value else {
            throw CatalogError(.wrongType, file: file, keyPath: path, reason: "an object must stand here")
        }
        self.file = file
        self.path = path
        self.members = members
    }

    /// Compares the keys with those of the format; `$schema`, which editors want, may always be there at the top.
    ///
    /// - Parameters:
    ///   - required: The keys that must be there.
    ///   - optional: The keys that may be there.
    /// - Throws: `CatalogError` for the first key that is unknown or missing.
    func allow(_ required: [String], optional: [String] = []) throws(CatalogError) {
        let isKnown = { key in
            required.contains(key) || optional.contains(key) || path.isEmpty && key == "$schema"
        }
        if !members.keys.allSatisfy(isKnown), let unknown = members.keys.filter({ !isKnown($0) }).min() {
            throw error(.unknownKey, unknown, "this key is not known")
        }
        if let missing = required.first(where: { !members.keys.contains($0) }) {
            throw error(.missingKey, missing, "this key is missing")
        }
    }

    /// Whether a key is missing or null.
    func isNull(_ key: String) -> Bool { members[key] ?? .null == .null }

    /// A text that is not empty.
    func text(_ key: String) throws(CatalogError) -> String {
        guard case .text(let text) = members[key] else { throw error(.wrongType, key, "a text must stand here") }
        guard text.utf8.contains(where: { $0 > 0x20 }) else { throw error(.badValue, key, "it is empty") }
        return text
    }

    /// A text, nil when the key is missing or null.
    func optionalText(_ key: String) throws(CatalogError) -> String? { isNull(key) ? nil : try text(key) }

    /// A list of texts, empty when the key is missing.
    func texts(_ key: String) throws(CatalogError) -> [String] {
        guard let value = members[key] else { return [] }
        guard case .list(let list) = value else { throw error(.wrongType, key, "a list of texts must stand here") }
        var result: [String] = []
        for (number, item) in list.enumerated() {
            guard case .text(let text) = item, !text.isEmpty else {
                throw error(.wrongType, "\(key)[\(number)]", "a text must stand here")
            }
            result.append(text)
        }
        return result
    }

    /// A list of lists of texts.
    func textLists(_ key: String) throws(CatalogError) -> [[String]] {
        guard case .list(let list) = members[key] else {
            throw error(.wrongType, key, "a list of lists must stand here")
        }
        var result: [[String]] = []
        for (number, item) in list.enumerated() {
            let inner = JSONMembers(item, forKey: key + "[\(number)]")
            result.append(try JSONObject(.object(inner), file: file, path: path).texts(key + "[\(number)]"))
        }
        return result
    }

    /// A list of texts, or one text alone.
    func textOrTexts(_ key: String) throws(CatalogError) -> [String] {
        if case .text = members[key] { return [try text(key)] }
        return try texts(key)
    }

    /// A whole number within bounds.
    func integer(_ key: String, in range: ClosedRange<Int>) throws(CatalogError) -> Int {
        guard let integer = Int(exactly: try number(key)) else {
            throw error(.wrongType, key, "a whole number must stand here")
        }
        guard range.contains(integer) else {
            throw error(.badValue, key, "\(integer) is not within \(range.lowerBound) and \(range.upperBound)")
        }
        return integer
    }

    /// True or false; false when the key is missing or null.
    func optionalFlag(_ key: String) throws(CatalogError) -> Bool {
        switch members[key] {
        case nil, .null: return false
        case .bool(let flag): return flag
        default: throw error(.wrongType, key, "true or false must stand here")
        }
    }

    /// A number from 0 to 1.
    func fraction(_ key: String) throws(CatalogError) -> Double {
        let value = try number(key)
        guard (0...1).contains(value) else { throw error(.badValue, key, "it is not within 0 and 1") }
        return value
    }

    /// A day.
    func date(_ key: String) throws(CatalogError) -> CatalogDate {
        guard let date = CatalogDate(try text(key)) else { throw error(.badValue, key, "it is no day as YYYY-MM-DD") }
        return date
    }

    /// One of the words that a type knows.
    func word<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) throws(CatalogError) -> Word
    where Word.RawValue == String {
        guard let word = Word(rawValue: try text(key)) else {
            throw error(.badValue, key, "it must be one of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return word
    }

    /// An object below this one.
    func object(_ key: String) throws(CatalogError) -> JSONObject {
        guard let value = members[key] else { throw error(.missingKey, key, "this key is missing") }
        return try JSONObject(value, file: file, path: keyPath(key))
    }

    /// An object below this one, nil when the key is missing or null.
    func optionalObject(_ key: String) throws(CatalogError) -> JSONObject? { isNull(key) ? nil : try object(key) }

    /// A list of objects.
    func objects(_ key: String) throws(CatalogError) -> [JSONObject] {
        guard case .list(let list) = members[key] else { throw error(.wrongType, key, "a list must stand here") }
        var result: [JSONObject] = []
        for (number, item) in list.enumerated() {
            result.append(try JSONObject(item, file: file, path: keyPath("\(key)[\(number)]")))
        }
        return result
    }

    /// An error at a key of this object.
    func error(_ kind: CatalogError.Kind, _ key: String, _ reason: String) -> CatalogError {
        CatalogError(kind, file: file, keyPath: keyPath(key), reason: reason)
    }

    private func keyPath(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

    private func number(_ key: String) throws(CatalogError) -> Double {
        guard case .number(let number) = members[key] else {
            throw error(.wrongType, key, "a number must stand here")
        }
        return number
    }
}

import Foundation

/// A value in a saved report and its place, so that every mistake can say where it is.
struct SavedValue {
    private let value: Any
    let path: String

    /// Takes a value.
    init(_ value: Any, path: String) {
        self.value = value
        self.path = path
    }

    /// The value of a key, nil when it is missing or null.
    func optional(_ key: String) throws(SavedReportError) -> SavedValue? {
        guard let object = value as? [String: Any] else { throw error("an object must stand here") }
        guard let member = object[key], !(member is NSNull) else { return nil }
        return SavedValue(member, path: path.isEmpty ? key : path + "." + key)
    }

    /// The value of a key.
    subscript(_ key: String) -> SavedValue {
        get throws(SavedReportError) {
            guard let member = try optional(key) else {
                throw SavedReportError(path.isEmpty ? key : path + "." + key, "this key is missing")
            }
            return member
        }
    }

    /// The keys of an object.
    func keys() throws(SavedReportError) -> [String] {
        guard let object = value as? [String: Any] else { throw error("an object must stand here") }
        return object.keys.sorted()
    }

    /// The items of a list.
    func list() throws(SavedReportError) -> [SavedValue] {
        guard let list = value as? [Any] else { throw error("a list must stand here") }
        return list.enumerated().map { SavedValue($0.element, path: "\(path)[\($0.offset)]") }
    }

    /// A text.
    func text() throws(SavedReportError) -> String {
        guard let text = value as? String else { throw error("a text must stand here") }
        return text
    }

    /// A number.
    func number() throws(SavedReportError) -> Double {
        guard let number = value as? NSNumber, !isFlag else { throw error("a number must stand here") }
        guard number.doubleValue.isFinite else { throw error("a number must stand here") }
        return number.doubleValue
    }

    /// A whole number.
    func integer() throws(SavedReportError) -> Int {
        guard let integer = Int(exactly: try number()) else { throw error("a whole number must stand here") }
        return integer
    }

    /// True or false.
    func flag() throws(SavedReportError) -> Bool {
        guard isFlag, let flag = value as? Bool else { throw error("true or false must stand here") }
        return flag
    }

    /// Whether the value is true or false, and no number.
    var isFlag: Bool { (value as? NSNumber).map { CFNumberKind.isFlag($0) } ?? (value is Bool) }

    /// A list of texts.
    func texts() throws(SavedReportError) -> [String] {
        var result: [String] = []
        for item in try list() { result.append(try item.text()) }
        return result
    }

    /// One of the words of a type.
    func word<Word: RawRepresentable>(_ type: Word.Type) throws(SavedReportError) -> Word
    where Word.RawValue == String {
        let text = try text()
        guard let word = Word(rawValue: text) else { throw error("\"\(text)\" is not known here") }
        return word
    }

    /// Milliseconds.
    func duration() throws(SavedReportError) -> Duration {
        let milliseconds = try number()
        guard (0...1e12).contains(milliseconds) else { throw error("a number of milliseconds must stand here") }
        return .microseconds(Int((milliseconds * 1000).rounded()))
    }

    /// A point in time (RFC 3339).
    func date() throws(SavedReportError) -> Date {
        let text = try text()
        let styles = [true, false].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0, timeZone: .gmt) }
        guard let date = styles.lazy.compactMap({ try? $0.parse(text) }).first else {
            throw error("a time such as 2026-11-22T09:30:00Z must stand here")
        }
        return date
    }

    /// An error at this place.
    func error(_ reason: String) -> SavedReportError { SavedReportError(path, reason) }
}

/// Tells true and false from 1 and 0, which Foundation hands out as the same type.
private enum CFNumberKind {
    static func isFlag(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B"
    }
}

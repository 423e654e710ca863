import Foundation

@testable import MailBatch

/// A file of accounts, as it is read whole and in pieces: both must give the same.
enum FuzzedRows {
    static func read(_ octets: [UInt8]) {
        // The first octet says where the file is cut.
        guard let cut = octets.first else { return }
        let file = Array(octets.dropFirst())
        let place = file.isEmpty ? 0 : Int(cut) * file.count / 256
        let whole = shown([file])
        let pieces = shown([Array(file[..<place]), Array(file[place...])])
        guard whole == pieces else { fatalError("cut at \(place): \(pieces) is not \(whole)") }
    }

    private static func shown(_ parts: [[UInt8]]) -> [String] {
        var reader = RowReader()
        var shown: [String] = []
        do throws(InputProblem) {
            for part in parts { shown += try reader.feed(part).map(word) }
            shown += try reader.finish().map(word)
        } catch {
            // What came before a file turned out to be none depends on the cut.
            return ["\(error.id)"]
        }
        return shown
    }

    private static func word(_ item: InputItem) -> String {
        switch item {
        case .row(let row): "\(row.number) \(row.line) \(row.address) \(row.cells)"
        case .bad(let number, let line, let problem, _): "\(number) \(line) \(problem.id) \(problem.column ?? 0)"
        }
    }
}

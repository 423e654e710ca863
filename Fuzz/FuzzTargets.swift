import Foundation
import MailDiagnosis
import MailModel
import MailProtocol

@testable import ProviderCatalog

/// What libFuzzer calls with one input after another. The target is named in the environment, so that one program serves
/// all of them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let octets = start.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
    let begun = processorSeconds()
    FuzzTarget.current.run(octets)
    let used = processorSeconds() - begun
    if used > secondsAllowed {
        print("this input took \(used) seconds of a processor; \(secondsAllowed) are allowed")
        abort()
    }
    return 0
}

/// What one input may take. It is counted on the processor: on a busy machine every input takes long by the clock.
private let secondsAllowed = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap { Double($0) } ?? 1

private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The parsers that read what strangers send, and what anybody may have put into a queue.
enum FuzzTarget: String, CaseIterable {
    case smtp, imap, autoconfig, autodiscover, pacc, policy, catalogue, explain, dns, http, json, report, masks,
        redactor, csv, keys, seal, order, answer, fleet, request, query

    static let current: FuzzTarget = {
        let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            print("FUZZ_TARGET must be one of", allCases.map(\.rawValue).joined(separator: ", "))
            exit(64)
        }
        return target
    }()

    func run(_ octets: [UInt8]) {
        switch self {
        case .smtp: FuzzedSession.play(octets) { SMTPSession($0) }
        case .imap: FuzzedSession.play(octets) { IMAPSession($0) }
        case .autoconfig: _ = try? AutoconfigDocument(octets: octets)
        case .autodiscover: _ = try? AutodiscoverDocument(octets: octets)
        case .pacc: _ = try? PACCDocument(octets: octets)
        case .policy: FuzzedPolicy.read(octets)
        case .catalogue: FuzzedCatalogue.read(octets)
        case .explain: FuzzedPaste.explain(octets)
        case .csv: FuzzedRows.read(octets)
        case .dns: FuzzedNetwork.answer(octets)
        case .http: FuzzedNetwork.response(octets)
        case .json: FuzzedJSON.read(octets)
        case .report: FuzzedReport.read(octets)
        case .masks: FuzzedMasks.mask(octets)
        case .redactor: FuzzedRedactor.redact(octets)
        case .keys: FuzzedKeys.read(octets)
        case .seal: FuzzedSeal.open(octets)
        case .order: FuzzedQueue.order(octets)
        case .answer: FuzzedQueue.answer(octets)
        case .fleet: FuzzedFleet.entry(octets)
        case .request: FuzzedService.request(octets)
        case .query: FuzzedService.query(octets)
        }
    }
}

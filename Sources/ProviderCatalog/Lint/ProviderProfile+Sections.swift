/// Which parts of a profile hold facts, and so need a source.
extension ProviderProfile {
    func has(_ section: SourceReference.Section) -> Bool {
        switch section {
        case .domains: !domains.isEmpty
        case .mx: !mxPatterns.isEmpty
        case .fingerprints: !fingerprints.isEmpty
        case .smtp: !smtp.isEmpty
        case .imap: !imap.isEmpty
        case .password: password.map { $0.kind != .notKnown } ?? false
        case .switches: !switches.isEmpty
        case .restrictions: !restrictions.isEmpty
        case .regions: !regions.isEmpty
        }
    }
}

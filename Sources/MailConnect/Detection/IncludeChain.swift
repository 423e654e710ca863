internal import MailDiagnosis
internal import MailModel
internal import MailProtocol

/// How far the records that an SPF record includes are from the domain. Its own names, and those of services that write its
/// record anew, are no step away; what somebody else's record names says less with each step.
struct IncludeChain {
    private var depths: [String: Int]

    /// Measures what was found.
    ///
    /// - Parameters:
    ///   - evaluation: The records, the domain's own first, each after one that includes it.
    ///   - domain: The domain.
    ///   - flatteners: Names below which services write records anew.
    init(_ evaluation: SPFEvaluation, _ domain: String, _ flatteners: [String]) {
        depths = [domain: 0]
        for found in evaluation.found {
            let depth = depths[found.lookup.name] ?? 1
            for name in found.record.record?.names ?? [] where depths[name] == nil {
                let isOwn = depth == 0 && Self.isOwn(name, domain, flatteners)
                depths[name] = isOwn ? 0 : depth + 1
            }
        }
    }

    /// How many steps a record is away from the domain.
    func depth(of name: String) -> Int { depths[name] ?? 1 }

    /// What a hint in a record is multiplied by.
    ///
    /// - Parameters:
    ///   - name: The name at which the record stands.
    ///   - step: The factor of one step.
    /// - Returns: The factor, 1 for the domain's own records.
    func factor(of name: String, _ step: Double) -> Double {
        (0..<min(depth(of: name), 10)).reduce(1) { product, _ in product * step }
    }

    private static func isOwn(_ name: String, _ domain: String, _ flatteners: [String]) -> Bool {
        name.isEqualOrBelow(domain) || name.contains(domain + ".") || flatteners.contains { name.isEqualOrBelow($0) }
    }
}

extension SPFMechanism {
    /// The network of `ip4` or `ip6`.
    var network: (address: String, prefix: Int)? {
        switch kind {
        case .ip4(let address, let prefix), .ip6(let address, let prefix): (address, prefix)
        default: nil
        }
    }
}

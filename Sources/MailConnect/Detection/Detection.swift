internal import MailDiagnosis
public import MailModel

/// The questions that detection begins with.
public enum Detection {
    /// Asks them, so that a resolver which keeps its answers has them when detection asks again. It saves a round trip
    /// when something else, such as reading the catalogue, has to be done first.
    ///
    /// - Parameters:
    ///   - domain: The domain.
    ///   - resolver: A resolver that keeps its answers.
    public static func firstQuestions(_ domain: DomainName, resolver: any DNSResolving) async {
        let services = SRVReading.services.map(\.name) + ["_autodiscover._tcp"]
        let questions: [(String, DNSRecordType)] =
            [("\(domain)", .mx), ("\(domain)", .txt)] + services.map { ("\($0).\(domain)", .srv) }
            + ["autodiscover", "autoconfig"].map { ("\($0).\(domain)", .cname) }
        await withTaskGroup(of: Void.self) { group in
            for (name, type) in questions { group.addTask { _ = await resolver.resolve(name, type) } }
        }
    }
}

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
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = await resolver.resolve(domain.description, .mx) }
            for (name, _, _) in SRVReading.services {
                group.addTask { _ = await resolver.resolve("\(name).\(domain)", .srv) }
            }
        }
    }
}

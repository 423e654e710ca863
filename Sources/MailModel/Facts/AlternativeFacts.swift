public import MailJSON

/// Another endpoint that was tried after the planned one had failed before the login.
public struct AlternativeFacts: Hashable, Sendable {
    /// Where.
    public var endpoint: Endpoint
    /// Why this one was tried.
    public var reason: Reason
    /// The stage that was reached.
    public var stage: Stage
    /// Why it went no further; nil when a login would be possible there.
    public var failure: Failure?

    /// Why an endpoint is tried.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// The same port, TLS begun in the other way.
        case otherSecurity = "other_security"
        /// Another port of the same host.
        case otherPort = "other_port"
        /// Another host of the provider.
        case otherHost = "other_host"
        /// The same endpoint over the other address family.
        case otherFamily = "other_family"
    }

    /// Makes facts.
    public init(endpoint: Endpoint, reason: Reason, stage: Stage, failure: Failure?) {
        self.endpoint = endpoint
        self.reason = reason
        self.stage = stage
        self.failure = failure
    }

    /// Whether a login would be possible there.
    public var works: Bool { failure == nil }
}

/// All that was tried after the planned endpoint of one side had failed before the login.
public struct AlternativesFacts: Hashable, Sendable {
    /// Whether the planned endpoint was the user's own choice, and not what was inferred.
    public var isUserChoice: Bool
    /// What was tried, best first.
    public var tried: [AlternativeFacts]

    /// Makes facts.
    public init(isUserChoice: Bool, tried: [AlternativeFacts]) {
        self.isUserChoice = isUserChoice
        self.tried = tried
    }

    /// The best that works.
    public var working: AlternativeFacts? { tried.first { $0.works } }
}

extension AlternativeFacts {
    /// How it stands in a report. It does not say which side it is about: whoever reads it knows that from the check,
    /// and says so with `at`.
    public static let json = JSONDescription<AlternativeFacts>.object(
        AlternativeFacts.init,
        .field("endpoint", \.endpoint, Endpoint.text(of: .smtp), "HOST:PORT/SECURITY"),
        .field("reason", \.reason, .word("a reason to try an endpoint"), "Why this one was tried."),
        .field("stage", \.stage, Stage.json, "The stage that was reached."),
        .field("failure", \.failure, .optional(Failure.json), "null when a login would be possible there."))
}

extension AlternativesFacts {
    /// How it stands in a report.
    public static let json = JSONDescription<AlternativesFacts>.object(
        AlternativesFacts.init,
        .field("user_choice", \.isUserChoice, .bool, "Whether the planned endpoint was the user's own choice."),
        .field("tried", \.tried, .list(AlternativeFacts.json), "What was tried, best first."))

    /// The same about one side.
    func at(_ service: MailService) -> AlternativesFacts {
        var facts = self
        for place in facts.tried.indices { facts.tried[place].endpoint.service = service }
        return facts
    }
}

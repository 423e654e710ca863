public import FoundationEssentials

/// The name of one run, unique among all runs of all processes.
public struct RunID: Hashable, Sendable, CustomStringConvertible {
    /// The name: a UUID (RFC 9562) in small letters.
    public let description: String

    /// A new name.
    public init() { description = UUID().uuidString.lowercased() }
}

/// One thing that a run found out or does. A diagnosis is the fold of a run's events, see `DiagnosisFold`.
public struct RunEvent: Hashable, Sendable {
    /// What happened. It is indirect: whatever tells an event and waits has a word for it, and not room for the largest.
    public indirect enum Kind: Hashable, Sendable {
        /// A source of evidence answered. The ledger that counts is the one in `settings`: what came later may have changed
        /// what a line is worth.
        case evidence(Evidence)
        /// Who hosts the mailbox and where it is reached. It comes again when the checks corrected the settings.
        case settings(DetectedSettings)
        /// Something begins that may have to be waited for.
        case waiting(RunWait)
        /// A check came to its end.
        case observation(Observation)
        /// A line of the dialogue, secrets masked; only in runs that keep a transcript.
        case transcript(TranscriptEntry)
        /// Somebody learnt something of the subject.
        case disclosure(Disclosure)
        /// A cause. All findings come after the last observation, what to do first at the top.
        case finding(Finding)
        /// What it all comes to; the daily limit is nil for an account whose servers are not known.
        case verdict(Verdict, DailyLimit?)
        /// A registration is under way.
        case registering(RegistrationProgress)
        /// What became of the registration.
        case registration(RegistrationOutcome)
    }

    /// The run it belongs to.
    public var runID: RunID
    /// When, counted from the start of the run.
    public var offset: Duration
    /// What happened.
    public var kind: Kind

    /// An event of a run.
    public init(runID: RunID, offset: Duration, kind: Kind) {
        self.runID = runID
        self.offset = offset
        self.kind = kind
    }

    /// The stable name of the kind: `evidence`, `settings`, `observation`, ...
    public var name: String {
        switch kind {
        case .evidence: "evidence"
        case .settings: "settings"
        case .waiting: "waiting"
        case .observation: "observation"
        case .transcript: "transcript"
        case .disclosure: "disclosure"
        case .finding: "finding"
        case .verdict: "verdict"
        case .registering: "registering"
        case .registration: "registration"
        }
    }
}

/// What a run waits for from now on, on one side or, without an endpoint, as a whole.
public struct RunWait: Hashable, Sendable {
    /// The stage that begins.
    public var stage: Stage
    /// The server, nil while settings are looked for.
    public var endpoint: Endpoint?

    /// A wait at a stage.
    public init(stage: Stage, endpoint: Endpoint? = nil) {
        self.stage = stage
        self.endpoint = endpoint
    }
}

/// What a run knows of the account before and after its checks: whose it is, where it is reached, and why that is believed.
public struct DetectedSettings: Hashable, Sendable {
    /// The kind of mailbox, nil when the domain takes no mail or it cannot be told.
    public var inboxType: InboxType?
    /// Who hosts it.
    public var provider: ProviderIdentification
    /// Why the provider was told so, in one plain sentence or two.
    public var reason: String
    /// Who may host it, the most likely first.
    public var candidates: [ProviderCandidate]
    /// The settings to use.
    public var settings: AccountSettings?
    /// Further candidates, best first.
    public var alternatives: [AccountSettings]
    /// Who was asked what; each line as it counted in the end.
    public var evidence: [Evidence]

    /// Nothing is known.
    public init() {
        provider = .unknown
        reason = ""
        candidates = []
        alternatives = []
        evidence = []
    }
}

/// Makes a diagnosis out of a run's events, however the two sides' events are mixed.
public struct DiagnosisFold: Sendable {
    /// The diagnosis so far.
    public private(set) var diagnosis: Diagnosis
    /// What became of the registration, once that is known.
    public private(set) var registration: RegistrationOutcome?
    private var evidence: [Evidence] = []

    /// Begins with nothing but the subject.
    public init(address: EmailAddress?, domain: DomainName, startedAt: Date) {
        diagnosis = Diagnosis(address: address, domain: domain, startedAt: startedAt)
    }

    /// Takes the next event.
    public mutating func take(_ event: RunEvent) {
        diagnosis.duration = max(diagnosis.duration, event.offset)
        switch event.kind {
        case .evidence(let line):
            evidence.append(line)
            diagnosis.evidence.append(line)
        case .settings(let detected): take(detected)
        case .observation(let observation): insert(observation)
        case .transcript(let entry): diagnosis.transcript.append(entry)
        case .disclosure(let disclosure):
            if !diagnosis.disclosures.contains(disclosure) { diagnosis.disclosures.append(disclosure) }
        case .finding(let finding): diagnosis.findings.append(finding)
        case .verdict(let verdict, let limit):
            diagnosis.verdict = verdict
            diagnosis.dailyLimit = limit
        case .registration(let outcome): registration = outcome
        case .waiting, .registering: break
        }
    }

    private mutating func take(_ detected: DetectedSettings) {
        diagnosis.inboxType = detected.inboxType
        diagnosis.provider = detected.provider
        diagnosis.reason = detected.reason
        diagnosis.candidates = detected.candidates
        diagnosis.settings = detected.settings
        diagnosis.alternatives = detected.alternatives
        diagnosis.evidence = detected.evidence
    }

    /// Keeps a report's order: the domain, the test message, SMTP, IMAP; within each the order of the run.
    private mutating func insert(_ observation: Observation) {
        let place = Self.rank(observation)
        let index = diagnosis.observations.firstIndex { Self.rank($0) > place } ?? diagnosis.observations.endIndex
        diagnosis.observations.insert(observation, at: index)
    }

    private static func rank(_ observation: Observation) -> Int {
        if observation.id == .sender { return 2 }
        switch observation.service {
        case nil: return observation.id == .dnsMX ? 0 : 1
        case .smtp: return 3
        case .imap: return 4
        }
    }
}

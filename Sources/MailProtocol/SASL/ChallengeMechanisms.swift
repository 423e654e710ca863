/// The names of mechanisms whose servers have to keep more than a password's hash to check it.
public enum ChallengeMechanisms {
    /// The SCRAM mechanisms that are spoken here (RFC 5802, RFC 7677). Some servers offer them beside a store of passwords that
    /// cannot serve them, and then refuse every login.
    public static let scram: Set<String> = ["SCRAM-SHA-256", "SCRAM-SHA-1"]
}

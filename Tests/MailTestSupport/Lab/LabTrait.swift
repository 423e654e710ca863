public import Testing

extension Trait where Self == ConditionTrait {
    /// For tests that need the lab: skips them, with the reason, where it cannot run.
    ///
    /// With `MAILCONNECT_REQUIRE_LAB=1` nothing is skipped: the test runs, and fails when it asks for the lab.
    public static var lab: Self {
        .enabled(
            if: Lab.unavailableReason == nil || Lab.isRequired,
            Comment(rawValue: Lab.unavailableReason ?? "the lab can run"))
    }
}

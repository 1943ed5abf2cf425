package ipn.app.command.decide;

/** Exit codes of the commands that decide about access, for their help. */
final class AccessCodes {
    static final String PROBLEMS =
            "1:not possible, not confirmed, more than the settings permit, the projector has not processed the decision within 30 s (it still will), or a failure";

    private AccessCodes() {}
}

package ipn.gateway;

/** Whether a delivery is the gateway's own. */
public sealed interface Verdict {
    /**
     * It is.
     *
     * @param scheme how that was found, such as {@code hmac-sha256}
     * @param keyId which secret matched, fit to be shown; never the secret
     */
    record Genuine(String scheme, String keyId) implements Verdict {}

    /** It is not. */
    record Rejected(Reason reason) implements Verdict {}

    /**
     * Nobody can say just now: the gateway could not be asked. Our fault, so the sender is told to try again.
     *
     * @param why for the log; holds nothing of the delivery
     */
    record Undecided(String why) implements Verdict {}

    enum Reason {
        SIGNATURE_MISSING,
        SIGNATURE_MALFORMED,
        /** Several signature headers where the scheme knows one. */
        SIGNATURE_AMBIGUOUS,
        SIGNATURE_WRONG,
        SIGNED_OUTSIDE_TOLERANCE,
        /** The gateway was asked and said it is not its own. */
        DENIED_BY_GATEWAY
    }
}

package ipn.gateway;

import java.util.List;

/** Whether a delivery is the gateway's own. */
public sealed interface Verdict {
    /**
     * It is.
     *
     * @param scheme how that was found, such as {@code hmac-sha256}; without a slash, which marks what people wrote
     * @param keyId which secret matched, fit to be shown; never the secret
     * @param fetched documents that the notification refers to, in order; stored with it, so that a replay fetches nothing
     */
    record Genuine(String scheme, String keyId, List<Delivery> fetched) implements Verdict {
        public Genuine {
            fetched = List.copyOf(fetched);
            if (scheme.indexOf('/') >= 0) {
                throw new IllegalArgumentException("scheme: " + scheme + " (expected: no slash, as in hmac-sha256)");
            }
        }

        /** One that says all there is to know. */
        public Genuine(String scheme, String keyId) {
            this(scheme, keyId, List.of());
        }
    }

    /** It is not. */
    record Rejected(Reason reason) implements Verdict {}

    /**
     * It is not authentic, but the gateway's contract requires the success response anyway, so that a sender cannot find out what
     * exists. Stored nowhere but among the rejected.
     */
    record Dismissed(Reason reason) implements Verdict {}

    /**
     * Unknown: the gateway could not be asked. This is our fault, so the sender is asked to send again.
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
        /** The key it names is not one to believe: its place, its chain of certificates, or its algorithm. */
        KEY_UNTRUSTED,
        /** Signed by the gateway for somebody else, or by somebody else at the gateway: audience, issuer, sender, expiry. */
        AUDIENCE_WRONG,
        /** The user name and password that this account asks for beside a signature are missing or wrong. */
        CREDENTIALS_WRONG,
        /** The gateway was asked and said it is not its own. */
        DENIED_BY_GATEWAY
    }
}

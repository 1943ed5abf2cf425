package ipn.gateway;

import java.util.List;

/** Whether a delivery is the gateway's own. */
public sealed interface Verdict {
    /**
     * It is.
     *
     * @param scheme how that was found, such as {@code hmac-sha256}; without a slash, which marks what people wrote
     * @param keyId which secret matched, fit to be shown; never the secret
     * @param fetched what the notification told us to look at, in order; stored beside it, so that a replay asks nobody
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
     * It is not, and the gateway's contract wants to hear success all the same, so that a stranger cannot find out what
     * exists. Stored nowhere but among the rejected.
     */
    record Dismissed(Reason reason) implements Verdict {}

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

package ipn.gateway;

import java.util.List;

/** Whether a delivery is authentic. */
public sealed interface Verdict {
    /**
     * The delivery is authentic.
     *
     * @param scheme how it was verified, such as {@code hmac-sha256}; without a slash, which marks records written by operators
     * @param keyId id of the secret that matched, safe to show; never the secret
     * @param fetched documents that the notification refers to, in order; stored with it, so that a replay fetches nothing
     */
    record Genuine(String scheme, String keyId, List<Delivery> fetched) implements Verdict {
        public Genuine {
            fetched = List.copyOf(fetched);
            if (scheme.indexOf('/') >= 0) {
                throw new IllegalArgumentException("scheme: " + scheme + " (expected: no slash, as in hmac-sha256)");
            }
        }

        /** A complete notification, which refers to no document. */
        public Genuine(String scheme, String keyId) {
            this(scheme, keyId, List.of());
        }
    }

    /** The delivery is not authentic. */
    record Rejected(Reason reason) implements Verdict {}

    /**
     * The delivery is not authentic, but the gateway's contract requires a success response, so that a sender cannot find out
     * which objects exist. It is stored only among the rejected deliveries.
     */
    record Dismissed(Reason reason) implements Verdict {}

    /**
     * Unknown: the gateway could not be queried. The response requests a retry.
     *
     * @param why for the log; contains nothing from the delivery
     */
    record Undecided(String why) implements Verdict {}

    /**
     * Unknown: the gateway was not queried, because the client that sent the delivery caused too many queries. The response is
     * an error of the sender and requests a retry.
     *
     * @param why for the log; contains nothing from the delivery
     */
    record Throttled(String why) implements Verdict {}

    enum Reason {
        SIGNATURE_MISSING,
        SIGNATURE_MALFORMED,
        /** Several signature headers although the scheme allows one. */
        SIGNATURE_AMBIGUOUS,
        SIGNATURE_WRONG,
        SIGNED_OUTSIDE_TOLERANCE,
        /** The named key is not trusted because of its location, certificate chain or algorithm. */
        KEY_UNTRUSTED,
        /** The gateway signed for another party, or another party at the gateway signed: audience, issuer, sender, expiry. */
        AUDIENCE_WRONG,
        /** The user name and password that this account requires in addition to a signature are missing or wrong. */
        CREDENTIALS_WRONG,
        /** The gateway cannot have sent such a body: a field that it always sends is missing, or the body is too large. */
        CONTENT_IMPOSSIBLE,
        /** The gateway replied that it did not send the notification. */
        DENIED_BY_GATEWAY
    }
}

package ipn.gateway;

import ipn.gateway.Verdict.Dismissed;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;

/** Whether a stored delivery is authentic, judged again by what was stored and by the secrets of its account alone. */
public sealed interface Reverification {
    /** The stored proof fits the stored bytes and a secret, or an authority, that the settings of the account trust. */
    record Verified() implements Reverification {}

    /**
     * The stored proof is missing or does not fit. The record was forged or changed, or its secret is no longer in the settings:
     * the bytes do not show which.
     */
    record Failed(Verdict.Reason reason) implements Reverification {}

    /** Nothing that is stored could prove the delivery. It may be authentic or forged. */
    record NotVerifiable(Cause cause) implements Reverification {}

    /** Why the stored delivery cannot prove itself. */
    enum Cause {
        /** The gateway signs nothing: it confirmed the delivery when it was asked. */
        CONFIRMED_BY_GATEWAY,
        /** The body was fetched from the gateway, and TLS was the proof. */
        FETCHED,
        /** The proof is a credential that would be usable again, so it is not stored. */
        PROOF_NOT_STORED,
        /** The public key or certificate has to be fetched from the gateway. */
        KEY_NOT_STORED
    }

    /** From the verdict of an authentication that needs no query. */
    static Reverification from(Verdict verdict) {
        if (verdict instanceof Genuine) {
            return new Verified();
        }
        if (verdict instanceof Rejected rejected) {
            return new Failed(rejected.reason());
        }
        return verdict instanceof Dismissed dismissed
                ? new Failed(dismissed.reason())
                : new NotVerifiable(Cause.CONFIRMED_BY_GATEWAY);
    }
}

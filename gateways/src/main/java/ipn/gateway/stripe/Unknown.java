package ipn.gateway.stripe;

import ipn.gateway.JsonField;
import ipn.gateway.RefusedException;
import ipn.topics.Reason;

/** A word of Stripe's that this version does not know: kept as a dead letter, so that a newer version can read it. */
final class Unknown {
    private Unknown() {}

    static RefusedException status(JsonField field) {
        return new RefusedException(Reason.MALFORMED, field.pointer() + ": not a status known here");
    }
}

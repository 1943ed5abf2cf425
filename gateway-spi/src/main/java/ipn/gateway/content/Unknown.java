package ipn.gateway.content;

import ipn.topics.Reason;

/** A word of a gateway's that this version does not know: kept as a dead letter, so that a newer version can read it. */
public final class Unknown {
    private Unknown() {}

    /** A status that stands here. */
    public static RefusedException status(JsonField field) {
        return new RefusedException(Reason.MALFORMED, field.pointer() + ": not a status known here");
    }
}

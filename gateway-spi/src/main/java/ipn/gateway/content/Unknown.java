package ipn.gateway.content;

import ipn.topics.Reason;

/** A gateway's value that this version does not support: it becomes a dead letter, so that a newer version can process it. */
public final class Unknown {
    private Unknown() {}

    /** The refusal of a field with an unknown status. */
    public static RefusedException status(JsonField field) {
        return new RefusedException(Reason.MALFORMED, field.pointer() + ": not a status known here");
    }
}

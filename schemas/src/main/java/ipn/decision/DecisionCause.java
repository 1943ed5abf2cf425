package ipn.decision;

import ipn.avro.Cause;

/** A decision of a person as a cause, and as what makes a claim: {@code decision/<decision id>}, never a key of a gateway. */
public final class DecisionCause {
    private static final String PREFIX = "decision/";
    private static final String OF_MANY = PREFIX + "applied/";

    private DecisionCause() {}

    /** In the place of an event key or a payment key. */
    public static String key(String decisionId) {
        return PREFIX + decisionId;
    }

    /** The cause of what a decision changes for many users, who were not looked at one by one. */
    public static Cause ofMany(Cause decision) {
        return Cause.newBuilder(decision)
                .setEventKey(OF_MANY + decision.getEventKey().substring(PREFIX.length()))
                .build();
    }

    /** Whether an event key or a payment key stands for a decision. */
    public static boolean isKey(String key) {
        return key.startsWith(PREFIX);
    }

    /** Whether somebody caused it by a decision about this user now, and not the clock after one. */
    public static boolean isImmediate(Cause cause) {
        return isKey(cause.getEventKey()) && !cause.getEventKey().startsWith(OF_MANY) && !cause.getByClock();
    }
}

package ipn.key;

/**
 * Where a decision is stored: {@code <about>/<decision id>}, with slashes in the first percent-encoded, so that all decisions about one
 * thing have a common prefix and no other has.
 *
 * @param about what it is about: a payment key, an order id, a subject
 */
public record DecisionKey(String about, String decisionId) {

    /** With this begin the keys of all decisions about one thing. */
    public static String prefix(String about) {
        return KeyFormat.betweenSlashes(about) + "/";
    }

    @Override
    public String toString() {
        return prefix(about) + decisionId;
    }
}

package ipn.decision;

import ipn.avro.Decision;

/** Who made decisions, as far as it is known. */
public final class Persons {
    private Persons() {}

    /**
     * Whether an approval is of another person than the decision. Where the decision was made with a principal, only another principal is another
     * person: a name that is claimed proves nothing then. Without one, names are compared, because nothing better is known.
     */
    public static boolean differ(Decision decision, Decision approval) {
        var own = decision.getPrincipal();
        var other = approval.getPrincipal();
        return !decision.getBy().equals(approval.getBy())
                && (own == null ? !decision.getBy().equals(other) : other != null && !own.equals(other));
    }

    /** The name that limits of a person count by: the principal where there is one. */
    public static String of(Decision decision) {
        var principal = decision.getPrincipal();
        return principal == null ? decision.getBy() : principal;
    }
}

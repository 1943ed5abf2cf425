package ipn.decision;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.Discrepancy;
import ipn.key.Sha256;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What of a discrepancy a person decides about: if it changes, a decision about it no longer counts, unless more came than was accepted. */
public final class DiscrepancyContent {
    private DiscrepancyContent() {}

    /** Adds to a decision that accepts or dismisses a discrepancy what the person saw of it. */
    public static Decision.Builder addTo(Decision.Builder decision, Discrepancy discrepancy) {
        var kind = decision.getKind();
        return decision.setDiscrepancy(discrepancy.getDiscrepancyId())
                .setDiscrepancyContent(hash(kind, discrepancy))
                .setSeen(kind == DecisionKind.ACCEPT ? SeenMoney.of(discrepancy).orElse(null) : null);
    }

    /** As a decision of this kind contains it. */
    public static String hash(DecisionKind kind, Discrepancy discrepancy) {
        return hash(kind, discrepancy.getExpected(), discrepancy.getActual(), discrepancy.getCaptured());
    }

    /**
     * As a decision of this kind contains it. A dismissal is about the money that came: more of it later was not dismissed, also where the
     * texts have no amount. Accepted money is compared with a price.
     */
    public static String hash(
            DecisionKind kind, @Nullable String expected, @Nullable String actual, @Nullable String captured) {
        return kind == DecisionKind.DISMISS && captured != null
                ? hash(expected, actual + "\n" + captured)
                : hash(expected, actual);
    }

    private static String hash(@Nullable String expected, @Nullable String actual) {
        return Sha256.hex(Objects.requireNonNullElse(expected, "") + "\n" + Objects.requireNonNullElse(actual, ""));
    }
}

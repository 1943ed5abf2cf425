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
        var accepts = decision.getKind() == DecisionKind.ACCEPT;
        return decision.setDiscrepancy(discrepancy.getDiscrepancyId())
                .setDiscrepancyContent(hash(discrepancy))
                .setSeen(accepts ? SeenMoney.of(discrepancy).orElse(null) : null);
    }

    /** As a decision contains it. */
    public static String hash(Discrepancy discrepancy) {
        return hash(discrepancy.getExpected(), discrepancy.getActual());
    }

    /** As a decision contains it. */
    public static String hash(@Nullable String expected, @Nullable String actual) {
        return Sha256.hex(Objects.requireNonNullElse(expected, "") + "\n" + Objects.requireNonNullElse(actual, ""));
    }
}

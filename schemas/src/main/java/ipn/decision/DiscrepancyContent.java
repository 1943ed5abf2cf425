package ipn.decision;

import ipn.avro.Discrepancy;
import ipn.key.Sha256;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What of a discrepancy a person decides about: if it changes, a dismissal no longer counts. */
public final class DiscrepancyContent {
    private DiscrepancyContent() {}

    /** As a decision contains it. */
    public static String hash(Discrepancy discrepancy) {
        return hash(discrepancy.getExpected(), discrepancy.getActual());
    }

    /** As a decision contains it. */
    public static String hash(@Nullable String expected, @Nullable String actual) {
        return Sha256.hex(Objects.requireNonNullElse(expected, "") + "\n" + Objects.requireNonNullElse(actual, ""));
    }
}

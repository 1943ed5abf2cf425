package ipn.projector.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Days of the ledger, in UTC. */
public final class LedgerDays {
    /** Where no time is known: a day that cannot be mistaken for a real one. */
    static final LocalDate UNKNOWN = LocalDate.EPOCH;

    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private LedgerDays() {}

    /** The day of the first of these times that is known. */
    public static LocalDate firstKnown(@Nullable Instant... times) {
        return Stream.of(times)
                .filter(Objects::nonNull)
                .filter(time -> time.isAfter(Instant.EPOCH) && time.isBefore(LAST))
                .findFirst()
                .map(time -> LocalDate.ofInstant(time, ZoneOffset.UTC))
                .orElse(UNKNOWN);
    }
}

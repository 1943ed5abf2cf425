package ipn.client.store;

import ipn.client.AccessDecision;
import ipn.client.AccessStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Decisions as the pipeline makes them. */
final class Decisions {
    private static final Instant AT = Instant.parse("2026-11-22T18:49:19.557Z");
    private static final long MONTH_SECONDS = 30 * 24 * 3600L;

    private Decisions() {}

    static AccessDecision paid(long revision) {
        return new AccessDecision(
                revision,
                AccessStatus.ACTIVE,
                "PAID",
                Optional.of(AT),
                Optional.of(AT.plusSeconds(MONTH_SECONDS)),
                Optional.empty(),
                Optional.of("premium"),
                Optional.of("stripe/main/in_1Q2w3E4r5T6y7U8i9O0p" + revision),
                AT,
                "1ece3b914ec7",
                false);
    }

    static AccessDecision random(SplittableRandom random) {
        var at = AT.plusMillis(random.nextLong(MONTH_SECONDS * 1000));
        return new AccessDecision(
                random.nextLong(1, 30),
                AccessStatus.ACTIVE,
                "PAID",
                Optional.of(at.minusSeconds(random.nextLong(MONTH_SECONDS))),
                Optional.of(at.plusSeconds(random.nextLong(MONTH_SECONDS))),
                Optional.empty(),
                Optional.of("premium"),
                Optional.of("stripe/main/in_" + Long.toString(random.nextLong(Long.MAX_VALUE), 36) + "Q2w3E4r5T6"),
                at,
                "1ece3b914ec7",
                false);
    }

    static List<AccessDecision> ofEveryForm() {
        return List.of(
                paid(1),
                decision(AccessStatus.GRACE, Optional.of(AT.plusSeconds(9)), Optional.of("stripe/main/in_1/2"), true),
                decision(AccessStatus.ENDED, Optional.of(Instant.EPOCH), Optional.of("decision/d_1"), false),
                decision(AccessStatus.SUSPENDED, Optional.empty(), Optional.of("no payment key"), false),
                decision(AccessStatus.UNKNOWN, Optional.empty(), Optional.of("a/"), false),
                decision(
                        AccessStatus.NONE, Optional.of(Instant.parse("9999-12-31T23:59:59Z")), Optional.empty(), true));
    }

    private static AccessDecision decision(
            AccessStatus status, Optional<Instant> until, Optional<String> decidedBy, boolean test) {
        return new AccessDecision(
                Long.MAX_VALUE,
                status,
                "",
                Optional.empty(),
                until,
                until,
                Optional.empty(),
                decidedBy,
                AT,
                "\u00fc",
                test);
    }
}

package ipn.decision;

import ipn.avro.DecisionKind;
import ipn.settings.Settings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much a person may decide alone. Commands hold to it.
 *
 * @param longest of access that is granted or extended at once
 * @param perDay so many decisions about access may one person make within 24 hours
 * @param approval kinds that count only once somebody else has approved them
 */
public record DecisionLimits(Period longest, int perDay, Set<DecisionKind> approval) {
    /** Without settings. */
    public static final DecisionLimits DEFAULTS = new DecisionLimits(Period.ofYears(1), 20, Set.of());

    /** Decisions about access, which have a limit per day. */
    public static final Set<DecisionKind> PERSONAL =
            Set.copyOf(EnumSet.of(DecisionKind.GRANT, DecisionKind.EXTEND, DecisionKind.REVOKE, DecisionKind.TRANSFER));

    private static final Set<DecisionKind> APPROVABLE = Set.copyOf(EnumSet.of(
            DecisionKind.ACCEPT,
            DecisionKind.ASSIGN,
            DecisionKind.DISMISS,
            DecisionKind.GRANT,
            DecisionKind.EXTEND,
            DecisionKind.REVOKE,
            DecisionKind.TRANSFER));

    private static final int PER_DAY_MAX = 10_000;
    private static final int YEARS_MAX = 100;

    public DecisionLimits {
        approval = Set.copyOf(approval);
    }

    /** Reads {@code policy.goodwill} and {@code policy.approval}; what is wrong goes to the problems of the settings. */
    public static DecisionLimits from(Settings settings) {
        var policy = settings.in("policy");
        var goodwill = policy.in("goodwill");
        return new DecisionLimits(
                longest(goodwill),
                goodwill.integer("per-person-per-day", DEFAULTS.perDay, 0, PER_DAY_MAX),
                approval(policy));
    }

    /** Whether access from one time to another is short enough. */
    public boolean permits(Instant from, Instant until) {
        return !until.isAfter(from.atZone(ZoneOffset.UTC).plus(longest).toInstant());
    }

    private static Period longest(Settings goodwill) {
        var text = goodwill.text("longest", DEFAULTS.longest.toString());
        return period(text).orElseGet(() -> {
            goodwill.problems()
                    .add(
                            goodwill.full("longest"),
                            text,
                            "a period above zero, up to P%dY, such as P1Y".formatted(YEARS_MAX));
            return DEFAULTS.longest;
        });
    }

    private static Optional<Period> period(String text) {
        try {
            var period = Period.parse(text);
            return period.isNegative() || period.isZero() || period.toTotalMonths() > YEARS_MAX * 12L
                    ? Optional.empty()
                    : Optional.of(period);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Set<DecisionKind> approval(Settings policy) {
        var listed = policy.list("approval");
        var known = names();
        if (!known.containsAll(listed)) {
            policy.problems()
                    .add(policy.full("approval"), String.join(", ", listed), "any of " + String.join(", ", known));
        }
        return APPROVABLE.stream().filter(kind -> listed.contains(name(kind))).collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> names() {
        return APPROVABLE.stream().map(DecisionLimits::name).sorted().toList();
    }

    private static String name(DecisionKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}

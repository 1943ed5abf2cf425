package ipn.projector.brake;

import ipn.avro.EntitlementEventType;
import ipn.settings.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many revocations may be emitted within a time before the rest is withheld.
 *
 * @param max emitted within the window, over the whole deployment
 * @param shareMillionths emitted within the window, of the entitlements that gave access; 1 to 1,000,000
 * @param shareFrom the share never stops fewer than these, over the whole deployment, nor fewer than ten in one
 *     partition: a refund is half of two customers
 * @param window any time of this length
 * @param counts types of events that take access away and count; an event that ends access earlier than the last event said counts anyway
 */
public record BrakeSettings(
        long max, long shareMillionths, long shareFrom, Duration window, Set<EntitlementEventType> counts) {
    public static final BrakeSettings DEFAULTS = new BrakeSettings(
            10_000,
            200_000,
            1_000,
            Duration.ofMinutes(10),
            EnumSet.of(EntitlementEventType.REVOKED, EntitlementEventType.SUSPENDED));

    private static final Set<EntitlementEventType> COUNTABLE = EnumSet.of(
            EntitlementEventType.REVOKED,
            EntitlementEventType.SUSPENDED,
            EntitlementEventType.EXPIRED,
            EntitlementEventType.REDUCED);
    private static final int MOST = 1_000_000_000;
    private static final int PER_PERCENT = 10_000;
    private static final int SHARE_DECIMALS = 4;
    private static final Duration WINDOW_MIN = Duration.ofSeconds(1);
    private static final Duration WINDOW_MAX = Duration.ofDays(7);

    public BrakeSettings {
        counts = Set.copyOf(counts);
    }

    /**
     * Reads section {@code brake}; what is wrong goes to the problems of the settings.
     *
     * @param partitions of every topic: each has its part of {@code max}, so there must be one for each
     */
    public static BrakeSettings from(Settings settings, int partitions) {
        var section = settings.in("brake");
        var max = section.integer("max", (int) DEFAULTS.max, 1, MOST);
        if (max < partitions) {
            section.problems()
                    .add(
                            section.full("max"),
                            Integer.toString(max),
                            "at least topics.partitions, " + partitions + ", since each partition has a part of it");
        }
        return new BrakeSettings(
                max,
                share(section),
                section.integer("share-from", (int) DEFAULTS.shareFrom, 1, MOST),
                window(section),
                counts(section));
    }

    private static long share(Settings section) {
        var text = section.text("share", "20");
        return millionths(text).orElseGet(() -> {
            section.problems()
                    .add(section.full("share"), text, "percent, above 0 and at most 100, with at most 4 decimals");
            return DEFAULTS.shareMillionths;
        });
    }

    private static Optional<Long> millionths(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1," + SHARE_DECIMALS + "})?")) {
            return Optional.empty();
        }
        var millionths =
                new BigDecimal(text).multiply(BigDecimal.valueOf(PER_PERCENT)).longValueExact();
        return Optional.of(millionths).filter(value -> value > 0 && value <= 100L * PER_PERCENT);
    }

    private static Duration window(Settings section) {
        var window = section.duration("window", DEFAULTS.window, WINDOW_MAX);
        if (window.compareTo(WINDOW_MIN) < 0) {
            section.problems().add(section.full("window"), window.toString(), "at least " + WINDOW_MIN);
            return DEFAULTS.window;
        }
        return window;
    }

    private static Set<EntitlementEventType> counts(Settings section) {
        var names = section.list("counts");
        var countable =
                COUNTABLE.stream().map(EntitlementEventType::name).sorted().toList();
        if (!countable.containsAll(names)) {
            section.problems()
                    .add(section.full("counts"), String.join(", ", names), "of " + String.join(", ", countable));
        }
        return names.isEmpty()
                ? DEFAULTS.counts
                : COUNTABLE.stream()
                        .filter(type -> names.contains(type.name()))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** {@code share} as it is written in the settings, in percent. */
    String sharePercent() {
        return BigDecimal.valueOf(shareMillionths, SHARE_DECIMALS)
                .stripTrailingZeros()
                .toPlainString();
    }
}

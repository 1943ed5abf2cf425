package ipn.operations.shadow;

import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.operations.shadow.Difference.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares, for each entitlement of each subject, what accounts in mode shadow would give with what the other system gives. All entitlements
 * are in memory: about 500 bytes each.
 */
public final class ShadowComparison {
    private final Instant now;
    private final Duration tolerance;
    private final Map<Place, Both> places = new HashMap<>();
    private final Map<String, Map<String, Discrepancy>> discrepancies = new HashMap<>();

    /** @param tolerance how far apart two ends may be that count as the same */
    public ShadowComparison(Instant now, Duration tolerance) {
        this.now = now;
        this.tolerance = tolerance;
    }

    private static final class Both {
        private @Nullable EntitlementEvent ours;
        private @Nullable OtherAccess theirs;
    }

    /** What is given here; of one place, the last that is added counts. */
    public void ours(EntitlementEvent event) {
        both(Place.of(event)).ours = event;
    }

    /** A discrepancy; of one id, the last that is added counts. */
    public void discrepancy(Discrepancy discrepancy) {
        var subject = discrepancy.getSubject();
        if (subject != null) {
            discrepancies
                    .computeIfAbsent(subject, any -> new HashMap<>())
                    .put(discrepancy.getDiscrepancyId(), discrepancy);
        }
    }

    /** What is given there; of one place, the best that is added counts. */
    public void theirs(OtherAccess access) {
        var both = both(access.place());
        both.theirs = both.theirs == null ? access : both.theirs.better(access);
    }

    private Both both(Place place) {
        return places.computeIfAbsent(place, any -> new Both());
    }

    /** How many entitlements were compared. */
    public long compared() {
        return places.size();
    }

    /** The differences, sorted by subject and entitlement, without money. */
    public List<Difference> differences() {
        return places.entrySet().stream()
                .flatMap(each -> difference(each.getKey(), each.getValue()).stream())
                .sorted(Comparator.comparing(Difference::subject)
                        .thenComparing(Difference::entitlement)
                        .thenComparing(difference -> String.valueOf(difference.scope())))
                .toList();
    }

    private Optional<Difference> difference(Place place, Both both) {
        var ours = isOpen(both.ours);
        var theirs = both.theirs != null && both.theirs.open();
        if (ours && theirs) {
            return isSameEnd(both) ? Optional.empty() : Optional.of(difference(Kind.OTHER_END, place, both));
        }
        if (ours || theirs) {
            return Optional.of(difference(ours ? Kind.ONLY_OURS : Kind.ONLY_THEIRS, place, both));
        }
        return Optional.empty();
    }

    /** The clock of the projector ends what has run out; until then, the end counts all the same. */
    private boolean isOpen(@Nullable EntitlementEvent event) {
        if (event == null
                || event.getStatus() != EntitlementStatus.ACTIVE && event.getStatus() != EntitlementStatus.GRACE) {
            return false;
        }
        var end = event.getGraceUntil() == null ? event.getUntil() : event.getGraceUntil();
        return event.getStatus() == EntitlementStatus.ACTIVE || end == null || end.isAfter(now);
    }

    /** The other system may count a grace period to the end, or not. An end that it does not know is not compared. */
    private boolean isSameEnd(Both both) {
        var theirs = both.theirs == null ? Optional.<Instant>empty() : both.theirs.until();
        var ours = both.ours;
        return theirs.isEmpty()
                || ours != null
                        && Stream.of(Optional.ofNullable(ours.getUntil()), Optional.ofNullable(ours.getGraceUntil()))
                                .flatMap(Optional::stream)
                                .anyMatch(end -> Duration.between(end, theirs.get())
                                                .abs()
                                                .compareTo(tolerance)
                                        <= 0);
    }

    private Difference difference(Kind kind, Place place, Both both) {
        var ours = both.ours;
        var theirs = both.theirs == null ? null : both.theirs.until().orElse(null);
        if (ours != null) {
            return new Difference(
                    kind,
                    place.subject(),
                    place.entitlement(),
                    place.scope().orElse(null),
                    ours.getStatus().name(),
                    ours.getGraceUntil() == null ? ours.getUntil() : ours.getGraceUntil(),
                    theirs,
                    ours.getReason().name(),
                    ours.getPaymentKey(),
                    ours.getPolicyVersion(),
                    Map.of());
        }
        var cause = open(place.subject());
        return new Difference(
                kind,
                place.subject(),
                place.entitlement(),
                place.scope().orElse(null),
                null,
                null,
                theirs,
                cause.map(found -> found.getKind().name()).orElse(Difference.NO_PAYMENT),
                cause.map(Discrepancy::getPaymentKey).orElse(null),
                cause.map(Discrepancy::getPolicyVersion).orElse(null),
                Map.of());
    }

    /** The first open discrepancy of a subject. */
    private Optional<Discrepancy> open(String subject) {
        return discrepancies.getOrDefault(subject, Map.of()).values().stream()
                .filter(each -> each.getState() == DiscrepancyState.OPEN)
                .min(Comparator.comparing(Discrepancy::getDiscrepancyId));
    }
}

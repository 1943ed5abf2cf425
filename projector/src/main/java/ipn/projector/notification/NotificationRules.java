package ipn.projector.notification;

import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.NotificationCommand;
import ipn.projector.access.Access;
import ipn.projector.access.AccessRules;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the user of one entitlement is told, and when. Nothing is told at once: after the last change news settles first, so
 * that a burst of deliveries tells the same whatever its order. What access is, is taken from the event last told, never from
 * what is withheld.
 *
 * @param grace of a product, by its name
 */
public record NotificationRules(NotificationPolicy policy, Function<String, Duration> grace) {
    private static final Set<String> OPEN = Set.of("ACTIVE", "GRACE");

    /**
     * What to do.
     *
     * @param after the memory to keep, to be looked at again at its {@code nextCheck}
     * @param commands to tell now
     */
    public record Step(EntitlementClaims after, List<NotificationCommand> commands) {}

    /**
     * What follows from a change, or from time passing.
     *
     * @param before the memory as it was
     * @param changed the same after what changed of claims and access
     */
    public Step after(EntitlementClaims before, EntitlementClaims changed, Instant now) {
        if (isNews(before, changed)) {
            var settled = now.plus(policy.settle());
            return new Step(memory(changed, before.getSentNotifications(), before.getHadAccess(), settled), List.of());
        }
        var due = before.getNotifyAt();
        return due == null || due.isAfter(now)
                ? new Step(memory(changed, before.getSentNotifications(), before.getHadAccess(), due), List.of())
                : settled(before, changed, now);
    }

    private static boolean isNews(EntitlementClaims before, EntitlementClaims changed) {
        return revision(before) != revision(changed)
                || !before.getClaims().equals(changed.getClaims())
                || isWithheld(before) != isWithheld(changed);
    }

    private Step settled(EntitlementClaims before, EntitlementClaims changed, Instant now) {
        var open = open(changed, now);
        var told = new SentNotifications(before.getSentNotifications());
        var unique = new HashSet<String>();
        var commands = Stream.of(
                        MoneyNotifications.of(changed, now),
                        AccessNotifications.of(changed.getLast(), open, before.getHadAccess(), policy, now))
                .flatMap(List::stream)
                .filter(command -> !told.knows(command.getNotificationId()))
                .filter(command -> unique.add(command.getNotificationId()))
                .toList();
        var near = open.flatMap(access -> AccessNotifications.noticeOfEnd(access, policy))
                .filter(now::isBefore);
        var ids = told.and(commands, MoneyNotifications.ids(changed.getClaims()));
        var noted = AccessNotifications.noted(changed.getLast(), before.getHadAccess());
        return new Step(memory(changed, ids, noted, near.orElse(null)), commands);
    }

    /** Access as it was told, if there is any; empty too where the claims say otherwise and that is withheld. */
    private Optional<Access> open(EntitlementClaims claims, Instant now) {
        var last = claims.getLast();
        if (last == null || !OPEN.contains(last.getStatus())) {
            return Optional.empty();
        }
        return AccessRules.derive(claims.getClaims(), grace, now).filter(access -> tells(last, access));
    }

    private static boolean tells(EntitlementEvent last, Access access) {
        return last.getStatus().equals(access.status().name())
                && Optional.ofNullable(last.getUntil()).equals(access.until())
                && Optional.ofNullable(last.getGraceUntil()).equals(access.graceUntil());
    }

    private static EntitlementClaims memory(
            EntitlementClaims changed, List<String> told, boolean accessNoted, @Nullable Instant notifyAt) {
        var nextCheck = Stream.of(Optional.ofNullable(changed.getNextCheck()), Optional.ofNullable(notifyAt))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        return EntitlementClaims.newBuilder(changed)
                .setSentNotifications(told)
                .setHadAccess(accessNoted)
                .setNotifyAt(notifyAt)
                .setNextCheck(nextCheck.orElse(null))
                .build();
    }

    /** Whether claims add up to an end that people were kept from hearing of. */
    static boolean isWithheld(EntitlementClaims claims) {
        return claims.getWithheld() != null || claims.getDiscarded() != null;
    }

    private static long revision(EntitlementClaims claims) {
        var last = claims.getLast();
        return last == null ? 0 : last.getRevision();
    }
}

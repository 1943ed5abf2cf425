package ipn.projector.notification;

import ipn.avro.Claim;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.NotificationCommand;
import ipn.projector.access.Access;
import ipn.projector.access.AccessRules;
import ipn.projector.catalogue.Product;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the subject of an entitlement is notified of, and when. Nothing is notified at once: after a change, a quiet time passes first, so
 * that a burst of deliveries leads to the same notifications whatever its order. Access is that of the last event emitted, never that
 * of what is withheld.
 *
 * @param products of claims, each as the version of the catalogue has it that judged the claim
 */
public record NotificationRules(NotificationPolicy policy, Function<Claim, Optional<Product>> products) {
    /**
     * An entitlement after a change, or after time has passed.
     *
     * @param last the last event emitted
     * @param withheld whether the claims add up to an end of access that is withheld or discarded
     */
    public record Current(List<Claim> claims, @Nullable EntitlementEvent last, boolean withheld) {}

    /**
     * What a change leads to.
     *
     * @param sent ids of notifications to keep
     * @param hadAccess to keep
     * @param notifyAt when to look for notifications again; empty: not until something changes
     * @param commands to emit now
     */
    public record Result(
            List<String> sent, boolean hadAccess, Optional<Instant> notifyAt, List<NotificationCommand> commands) {}

    /** @param before the state as it was */
    public Result derive(EntitlementClaims before, Current current, Instant now) {
        if (isChange(before, current)) {
            return unchanged(before, Optional.of(now.plus(policy.settle())));
        }
        var due = Optional.ofNullable(before.getNotifyAt());
        return due.isEmpty() || due.get().isAfter(now) ? unchanged(before, due) : dueNow(before, current, now);
    }

    private static Result unchanged(EntitlementClaims before, Optional<Instant> notifyAt) {
        return new Result(before.getSentNotifications(), before.getHadAccess(), notifyAt, List.of());
    }

    private static boolean isChange(EntitlementClaims before, Current current) {
        return revision(before.getLast()) != revision(current.last)
                || !before.getClaims().equals(current.claims)
                || isWithheld(before) != current.withheld;
    }

    private Result dueNow(EntitlementClaims before, Current current, Instant now) {
        var open = open(current, now);
        var sent = new SentNotifications(before.getSentNotifications());
        var unique = new HashSet<String>();
        var commands = Stream.of(
                        MoneyNotifications.due(current, now),
                        AccessNotifications.due(current.last, open, before.getHadAccess(), policy, now))
                .flatMap(List::stream)
                .filter(command -> !sent.contains(command.getNotificationId()))
                .filter(command -> unique.add(command.getNotificationId()))
                .toList();
        return new Result(
                sent.with(commands, MoneyNotifications.ids(current.claims)),
                AccessNotifications.hasAccess(current.last, before.getHadAccess()),
                open.flatMap(access -> AccessNotifications.noticeOfEnd(access, policy))
                        .filter(now::isBefore),
                commands);
    }

    /** Access as in the last event, if there is any; empty too where the claims add up to something else that is withheld. */
    private Optional<Access> open(Current current, Instant now) {
        var last = current.last;
        if (last == null || !Access.givesAccess(last.getStatus())) {
            return Optional.empty();
        }
        return AccessRules.derive(current.claims, products, now).filter(access -> isSame(last, access));
    }

    private static boolean isSame(EntitlementEvent last, Access access) {
        return last.getStatus() == access.status()
                && Optional.ofNullable(last.getUntil()).equals(access.until())
                && Optional.ofNullable(last.getGraceUntil()).equals(access.graceUntil());
    }

    private static boolean isWithheld(EntitlementClaims claims) {
        return claims.getWithheld() != null || claims.getDiscarded() != null;
    }

    private static long revision(@Nullable EntitlementEvent last) {
        return last == null ? 0 : last.getRevision();
    }
}

package ipn.projector.notification;

import ipn.avro.Claim;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.NotificationCommand;
import ipn.avro.WithheldRevocation;
import ipn.projector.Products;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.brake.Brake;
import ipn.projector.entitlement.EntitlementAssembler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One user's entitlement as the projector keeps it, without Kafka: claims arrive, time passes, and notifications are collected. */
final class User {
    static final Duration GRACE = Duration.ofDays(7);
    static final Duration QUIET_TIME = Duration.ofSeconds(5);

    private final EntitlementUpdate update;
    private final EntitlementAssembler assembler;
    private final List<NotificationCommand> collected = new ArrayList<>();
    private EntitlementClaims entitlement =
            EntitlementClaims.newBuilder().setClaims(List.of()).build();
    private Instant now = Claims.NOON;
    private boolean withholding;

    User() {
        this(GRACE);
    }

    User(Duration grace) {
        update = new EntitlementUpdate(Products.withGrace(grace));
        assembler = new EntitlementAssembler(new NotificationRules(
                new NotificationPolicy(Duration.ofDays(3), QUIET_TIME), Products.withGrace(grace)));
    }

    User claims(Claim.Builder claim) {
        return claims(claim.build());
    }

    User claims(Claim claim) {
        return step(update.onClaim(entitlement, claim, Optional.empty(), now));
    }

    /** Time passes, and the entitlement is checked whenever it is due. */
    User passes(Duration time) {
        return until(now.plus(time));
    }

    User until(Instant later) {
        while (entitlement.getNextCheck() != null && !entitlement.getNextCheck().isAfter(later)) {
            now = entitlement.getNextCheck();
            step(update.onTime(entitlement, Optional.empty(), now));
        }
        now = later;
        return this;
    }

    /** Nothing changes for the quiet time before a notification. */
    User passesQuietTime() {
        return passes(QUIET_TIME);
    }

    /** The node is down until then, and checks nothing. */
    User isDown(Instant until) {
        now = until;
        return this;
    }

    /** From now on changes are withheld. */
    User withholding() {
        withholding = true;
        return this;
    }

    /** What was withheld is emitted now. */
    User releases() {
        withholding = false;
        return step(update.again(
                entitlement, Optional.empty(), entitlement.getLast().getCause(), now));
    }

    private User step(EntitlementUpdate.Derived derived) {
        var emitted = withholding ? Optional.<EntitlementEvent>empty() : derived.event();
        var withheld = withholding ? derived.event().map(User::withheld) : Optional.<WithheldRevocation>empty();
        var decision = new Brake.Decision(emitted, withheld, Optional.empty(), Optional.empty(), Brake.RELEASED);
        var result = assembler.assemble(entitlement, derived, decision, now);
        entitlement = result.after();
        collected.addAll(result.commands());
        return this;
    }

    private static WithheldRevocation withheld(EntitlementEvent event) {
        return WithheldRevocation.newBuilder()
                .setType(event.getType())
                .setReason(event.getReason())
                .setSince(event.getDecidedAt())
                .setNumber(1)
                .setPaymentKey(event.getPaymentKey())
                .setCause(event.getCause())
                .setStatus(event.getStatus())
                .setUntil(event.getUntil())
                .build();
    }

    EntitlementClaims entitlement() {
        return entitlement;
    }

    EntitlementEvent last() {
        return entitlement.getLast();
    }

    /** Those since the last call. */
    List<NotificationCommand> notifications() {
        var since = List.copyOf(collected);
        collected.clear();
        return since;
    }

    List<String> notificationIds() {
        return notifications().stream()
                .map(NotificationCommand::getNotificationId)
                .toList();
    }
}

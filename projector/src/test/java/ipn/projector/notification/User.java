package ipn.projector.notification;

import ipn.avro.Claim;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.NotificationCommand;
import ipn.avro.WithheldRevocation;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.brake.Brake;
import ipn.projector.entitlement.EntitlementAssembler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One user's entitlement as the projector keeps it, without Kafka: claims come, time passes, and what is told is heard. */
final class User {
    static final Duration GRACE = Duration.ofDays(7);
    static final Duration SETTLE = Duration.ofSeconds(5);

    private final EntitlementUpdate update;
    private final EntitlementAssembler assembler;
    private final List<NotificationCommand> heard = new ArrayList<>();
    private EntitlementClaims memory =
            EntitlementClaims.newBuilder().setClaims(List.of()).build();
    private Instant now = Claims.NOON;
    private boolean withholding;

    User() {
        this(GRACE);
    }

    User(Duration grace) {
        update = new EntitlementUpdate(product -> grace, "v1");
        assembler = new EntitlementAssembler(
                new NotificationRules(new NotificationPolicy(Duration.ofDays(3), SETTLE), product -> grace));
    }

    User claims(Claim.Builder claim) {
        return claims(claim.build());
    }

    User claims(Claim claim) {
        return step(update.onClaim(memory, claim, Optional.empty(), now));
    }

    /** Time passes, and the memory is looked at whenever it says so. */
    User passes(Duration time) {
        return until(now.plus(time));
    }

    User until(Instant later) {
        while (memory.getNextCheck() != null && !memory.getNextCheck().isAfter(later)) {
            now = memory.getNextCheck();
            step(update.onTime(memory, Optional.empty(), now));
        }
        now = later;
        return this;
    }

    /** Nothing changes for as long as it takes to be told. */
    User settles() {
        return passes(SETTLE);
    }

    /** The node is down, and looks only now. */
    User sleeps(Instant until) {
        now = until;
        return this;
    }

    /** From now on what claims add up to is not told, as while a revocation is withheld. */
    User withholding() {
        withholding = true;
        return this;
    }

    /** What was withheld is told now. */
    User releases() {
        withholding = false;
        return step(update.again(memory, Optional.empty(), memory.getLast().getCause(), now));
    }

    private User step(EntitlementUpdate.Derived derived) {
        var emitted = withholding ? Optional.<EntitlementEvent>empty() : derived.event();
        var withheld = withholding ? derived.event().map(User::held) : Optional.<WithheldRevocation>empty();
        var decision = new Brake.Decision(emitted, withheld, Optional.empty(), Optional.empty(), Brake.RELEASED);
        var result = assembler.assemble(memory, derived, decision, now);
        memory = result.after();
        heard.addAll(result.commands());
        return this;
    }

    private static WithheldRevocation held(EntitlementEvent event) {
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

    EntitlementClaims memory() {
        return memory;
    }

    EntitlementEvent last() {
        return memory.getLast();
    }

    /** Everything since it was last asked. */
    List<NotificationCommand> hears() {
        var news = List.copyOf(heard);
        heard.clear();
        return news;
    }

    List<String> hearsOf() {
        return hears().stream().map(NotificationCommand::getNotificationId).toList();
    }
}

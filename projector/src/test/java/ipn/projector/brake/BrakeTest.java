package ipn.projector.brake;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.BrakeAction;
import ipn.avro.BrakeCommand;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.avro.PartitionBrake;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.access.EntitlementUpdate.Derived;
import ipn.projector.entitlement.EntitlementAssembler;
import ipn.projector.notification.NotificationPolicy;
import ipn.projector.notification.NotificationRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random histories of some users under one brake, with decisions of people now and then; without stores. */
class BrakeTest {
    private static final EntitlementAssembler QUIET =
            new EntitlementAssembler(new NotificationRules(NotificationPolicy.DEFAULTS, product -> Optional.empty()));
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int LIMIT = 3;
    private static final int SEEDS = 2_000;
    private static final ClaimStatus[] STATUSES = {
        ClaimStatus.PAID, ClaimStatus.PAID, ClaimStatus.REFUNDED, ClaimStatus.DISPUTED, ClaimStatus.FRAUD_FLAGGED
    };

    private final EntitlementUpdate update = new EntitlementUpdate(product -> Optional.empty());
    private final Brake rules = new Brake(
            new BrakeSettings(
                    LIMIT, 1_000_000, 1, WINDOW, Set.of(EntitlementEventType.REVOKED, EntitlementEventType.SUSPENDED)),
            0,
            1);

    private TreeMap<String, EntitlementClaims> users = new TreeMap<>();
    private PartitionBrake brake = Brake.RELEASED;
    private final ArrayDeque<Instant> counted = new ArrayDeque<>();
    private Instant now = NOON;

    private long emitted;
    private long withheld;

    @Test
    void whatever_happens_the_limit_holds_and_in_the_end_all_is_as_derived_or_was_discarded() {
        long released = 0;
        long discarded = 0;
        for (var seed = 0; seed < SEEDS; seed++) {
            users = new TreeMap<>();
            brake = Brake.RELEASED;
            counted.clear();
            var random = new SplittableRandom(seed);
            for (var step = 0; step < 60; step++) {
                step(random, step);
                assertThat(brake.getWithheld()).as("seed %d", seed).isEqualTo(withheldNow());
                assertThat(brake.getActive()).as("seed %d", seed).isEqualTo(active());
                assertThat(counted.size()).as("seed %d", seed).isLessThanOrEqualTo(LIMIT);
            }
            decide("the last", BrakeAction.RELEASE);
            assertThat(brake.getSince()).as("seed %d", seed).isNull();
            users.forEach((user, entitlement) -> assertThat(
                            update.onTime(entitlement, Optional.empty(), now).event())
                    .matches(event -> event.isEmpty() || entitlement.getDiscarded() != null, user));
            assertThat(users.values())
                    .as("seed %d: each claim led to an event", seed)
                    .isNotEmpty()
                    .allMatch(entitlement -> entitlement.getLast() != null);
            released += brake.getReleased();
            discarded += brake.getDiscarded();
        }
        assertThat(emitted).as("events emitted, over all seeds").isGreaterThan(SEEDS * 10L);
        assertThat(withheld).as("revocations withheld, over all seeds").isGreaterThan(SEEDS);
        assertThat(released).as("released, over all seeds").isGreaterThan(SEEDS / 2);
        assertThat(discarded).as("discarded, over all seeds").isGreaterThan(SEEDS / 5);
    }

    private void step(SplittableRandom random, int number) {
        now = now.plusSeconds(random.nextInt(4) == 0 ? random.nextInt(400) : 1);
        if (random.nextInt(15) == 0) {
            decide("c" + number, random.nextBoolean() ? BrakeAction.RELEASE : BrakeAction.DISCARD);
            return;
        }
        var user = "u_" + random.nextInt(9);
        var before = users.getOrDefault(
                user, EntitlementClaims.newBuilder().setClaims(List.of()).build());
        var claim = claim(user, random.nextInt(2), STATUSES[random.nextInt(STATUSES.length)]);
        var derived = update.onClaim(before, claim, Optional.empty(), now);
        var decision = rules.decide(brake, before, derived.event(), now);
        decision.event().filter(event -> takesAway(before.getLast(), event)).ifPresent(event -> counted.add(now));
        while (!counted.isEmpty() && counted.peekFirst().isBefore(now.minus(WINDOW))) {
            counted.removeFirst();
        }
        decision.event()
                .filter(event -> takesAway(before.getLast(), event))
                .ifPresent(event -> assertThat(brake.getSince()).isNull());
        emitted += decision.event().isPresent() ? 1 : 0;
        withheld += decision.brake().getWithheld() > brake.getWithheld() ? 1 : 0;
        keep(user, derived, decision);
    }

    /** What the node does over several ticks, at once. */
    private void decide(String id, BrakeAction action) {
        if (action == BrakeAction.RELEASE && brake.getWithheld() > 0) {
            counted.clear();
        }
        brake = BrakeCommands.accept(brake, new BrakeCommand(id, action, "ada", "looked into", now));
        assertThat(BrakeCommands.accept(brake, new BrakeCommand(id, action, "ada", "looked into", now)))
                .isEqualTo(brake);
        var queue = new TreeMap<Long, String>();
        users.forEach((user, entitlement) -> {
            if (entitlement.getWithheld() != null) {
                assertThat(queue.put(entitlement.getWithheld().getNumber(), user))
                        .isNull();
            }
        });
        var command = BrakeCommands.current(brake).orElseThrow();
        queue.headMap(command.getUpTo(), true).values().forEach(user -> execute(user, action));
        brake = BrakeCommands.complete(brake);
        assertThat(withheldNow()).isZero();
    }

    private void execute(String user, BrakeAction action) {
        var before = users.get(user);
        if (action == BrakeAction.DISCARD) {
            var same = new Derived(before.getClaims(), Optional.empty(), Optional.ofNullable(before.getNextCheck()));
            keep(user, same, rules.discard(brake, before, now));
            return;
        }
        var cause = before.getWithheld().getCause();
        var derived = update.again(before, Optional.empty(), cause, now);
        var inWindow = rules.status(brake, now).getInWindow();
        var decision = rules.release(brake, before, derived.event());
        assertThat(rules.status(decision.brake(), now).getInWindow())
                .as("a released revocation counts against no limit")
                .isEqualTo(inWindow);
        assertThat(decision.event())
                .get()
                .extracting(EntitlementEvent::getType)
                .isEqualTo(before.getWithheld().getType());
        keep(user, derived, decision);
    }

    private void keep(String user, Derived derived, Brake.Decision decision) {
        var before = users.getOrDefault(
                user, EntitlementClaims.newBuilder().setClaims(List.of()).build());
        users.put(user, QUIET.assemble(before, derived, decision, now).after());
        brake = decision.brake();
    }

    private long withheldNow() {
        return users.values().stream()
                .filter(each -> each.getWithheld() != null)
                .count();
    }

    private long active() {
        return users.values().stream()
                .filter(each -> each.getLast() != null && each.getLast().getStatus() == EntitlementStatus.ACTIVE)
                .count();
    }

    private static boolean takesAway(EntitlementEvent last, EntitlementEvent event) {
        return last != null
                && last.getStatus() == EntitlementStatus.ACTIVE
                && event.getStatus() != EntitlementStatus.ACTIVE;
    }

    private static Claim claim(String user, int number, ClaimStatus status) {
        return Claim.newBuilder()
                .setClaimKey("pi_" + number)
                .setPaymentKey("pi_" + number)
                .setSubject(user)
                .setEntitlement("promotion")
                .setProduct("promoted-post")
                .setKind(ClaimKind.ONCE)
                .setStatus(status)
                .setFrom(NOON)
                .setAt(NOON)
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false))
                .build();
    }
}

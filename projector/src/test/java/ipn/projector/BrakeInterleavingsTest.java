package ipn.projector;

import static ipn.projector.BrakeTest.disputed;
import static ipn.projector.BrakeTest.promoted;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.BrakeStatus;
import ipn.avro.DisputeStatus;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.PaymentState;
import ipn.projector.stream.EntitlementStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** While a brake withholds and people release it now and then: in the end all have what they would have without a brake. */
class BrakeInterleavingsTest {
    private static final int LIMIT = 3;

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void once_all_is_released_everybody_has_what_they_would_have_without_a_brake(long seed) {
        var history = history(new SplittableRandom(seed));
        try (var braked = new Projection(folder, Brakes.limitedTo(LIMIT));
                var free = new Projection(folder, Brakes.limitedTo(1_000_000))) {
            history.forEach(step -> step.run().accept(braked));
            history.forEach(step -> step.run().accept(free));
            braked.command(Brakes.release("the last one")).pass(Duration.ofSeconds(2));

            var expected = expected(history);
            assertThat(ends(free)).as("without a brake").isEqualTo(expected);
            assertThat(ends(braked)).as("once all is released").isEqualTo(expected);
            assertEachEmittedOnceAndInOrder(free.events(), expected);
            assertEachEmittedOnceAndInOrder(braked.events(), expected);
            assertThat(free.brakes()).as("without a limit").noneMatch(BrakeStatus::getEngaged);
            assertThat(braked.brakes()).last().satisfies(status -> {
                assertThat(status.getWithheld()).as("withheld in the end").isZero();
                assertThat(status.getReleased())
                        .as("withheld at a limit of %d in ten minutes, and released", LIMIT)
                        .isPositive();
                assertThat(status.getActive())
                        .as("entitlements that give access in the end")
                        .isEqualTo(expected.values().stream()
                                .filter(end -> end.startsWith("ACTIVE"))
                                .count());
            });
        }
    }

    /** @param payment what became of one; null: a command, or time that passes */
    private record Step(@Nullable PaymentState payment, Consumer<Projection> run) {}

    /** Payments, refunds, disputes and their ends of a few users, time that passes, and now and then a release. */
    private static List<Step> history(SplittableRandom random) {
        var history = new ArrayList<Step>();
        for (var step = 0; step < 80; step++) {
            var user = random.nextInt(12);
            var number = step;
            PaymentState state = switch (random.nextInt(4)) {
                case 0 -> promoted(user, 2500).build();
                case 1 -> disputed(user).build();
                default -> promoted(user, 0).build();
            };
            history.add(new Step(state, projection -> projection.applied(PaymentState.newBuilder(state))));
            if (random.nextInt(20) == 0) {
                history.add(new Step(null, projection -> projection.command(Brakes.release("c" + number))));
            }
            if (random.nextInt(10) == 0) {
                var seconds = random.nextInt(400);
                history.add(new Step(null, projection -> projection.pass(Duration.ofSeconds(seconds))));
            }
        }
        return history;
    }

    /** Each user has one payment, and its last state decides. */
    private static Map<String, String> expected(List<Step> history) {
        var expected = new TreeMap<String, String>();
        history.forEach(step -> {
            var payment = step.payment();
            if (payment != null) {
                expected.put(payment.getReferences().get("subject") + "/promotion/post", end(payment));
            }
        });
        return expected;
    }

    private static String end(PaymentState payment) {
        if (payment.getTotals().get(0).getRefunded() > 0) {
            return "ENDED REFUNDED " + payment.getRefundedAt();
        }
        return payment.getDisputeStatus().equals(DisputeStatus.OPEN) ? "SUSPENDED DISPUTED null" : "ACTIVE PAID null";
    }

    /** The last event of each, without its cause; the newest state must say the same and withhold nothing. */
    private static Map<String, String> ends(Projection projection) {
        var ends = new TreeMap<String, String>();
        try (var all =
                projection.<EntitlementClaims>store(EntitlementStore.STORE).all()) {
            all.forEachRemaining(entry -> {
                assertThat(entry.value.getWithheld()).isNull();
                var last = entry.value.getLast();
                ends.put(entry.key, last.getStatus() + " " + last.getReason() + " " + last.getUntil());
            });
        }
        projection.states().forEach((key, state) -> assertThat(status(state)).isEqualTo(ends.get(key)));
        return ends;
    }

    private static String status(Entitlement state) {
        assertThat(state.getWithheld()).isNull();
        var last = state.getLast();
        return last.getStatus() + " " + last.getReason() + " " + last.getUntil();
    }

    /** All of them, up to the event that says what each has in the end. */
    private static void assertEachEmittedOnceAndInOrder(List<EntitlementEvent> events, Map<String, String> expected) {
        var revisions = new HashMap<String, Long>();
        var ids = new HashSet<String>();
        var newest = new TreeMap<String, String>();
        for (var event : events) {
            assertThat(ids.add(event.getEventId()))
                    .as("emitted once: %s", event.getEventId())
                    .isTrue();
            var before = revisions.put(event.getSubject(), event.getRevision());
            assertThat(event.getRevision())
                    .as("revision of %s, after %s", event.getEventId(), before)
                    .isEqualTo(before == null ? 1 : before + 1);
            newest.put(
                    event.getSubject() + "/promotion/post",
                    event.getStatus() + " " + event.getReason() + " " + event.getUntil());
        }
        assertThat(newest).as("the newest entitlement events").isEqualTo(expected);
    }
}

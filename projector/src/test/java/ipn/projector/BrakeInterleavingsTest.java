package ipn.projector;

import static ipn.projector.BrakeTest.disputed;
import static ipn.projector.BrakeTest.promoted;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens while a brake withholds and people release it now and then: in the end all have what they would have anyway. */
class BrakeInterleavingsTest {
    private static final int CAP = 3;

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 15);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void once_all_is_released_everybody_has_what_they_would_have_without_a_brake(long seed) {
        var random = new SplittableRandom(seed);
        var life = life(random);
        try (var braked = new Projection(folder, Brakes.cap(CAP));
                var free = new Projection(folder, Brakes.cap(1_000_000))) {
            life.forEach(step -> step.accept(braked));
            life.forEach(step -> step.accept(free));
            braked.command(Brakes.release("the last one")).pass(Duration.ofSeconds(2));

            assertThat(ends(braked)).isEqualTo(ends(free));
            assertEachToldOnceAndInOrder(braked.events());
            assertThat(braked.brakes()).last().satisfies(status -> {
                assertThat(status.getWithheld()).isZero();
                assertThat(status.getActive())
                        .isEqualTo(ends(free).values().stream()
                                .filter(end -> end.startsWith("ACTIVE"))
                                .count());
            });
        }
    }

    /** Payments, refunds, disputes and their ends of a few users, time that passes, and now and then a release. */
    private static List<Consumer<Projection>> life(SplittableRandom random) {
        var life = new ArrayList<Consumer<Projection>>();
        for (var step = 0; step < 80; step++) {
            var user = random.nextInt(12);
            var number = step;
            PaymentState state = switch (random.nextInt(4)) {
                case 0 -> promoted(user, 2500).build();
                case 1 -> disputed(user).build();
                default -> promoted(user, 0).build();
            };
            life.add(projection -> projection.applied(PaymentState.newBuilder(state)));
            if (random.nextInt(20) == 0) {
                life.add(projection -> projection.command(Brakes.release("c" + number)));
            }
            if (random.nextInt(10) == 0) {
                var seconds = random.nextInt(400);
                life.add(projection -> projection.pass(Duration.ofSeconds(seconds)));
            }
        }
        return life;
    }

    /** What was last told of each, without how it came to be; the newest state must say the same and withhold nothing. */
    private static Map<String, String> ends(Projection projection) {
        var ends = new TreeMap<String, String>();
        try (var all = projection.<EntitlementClaims>store(EntitlementStore.STORE).all()) {
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

    private static void assertEachToldOnceAndInOrder(List<EntitlementEvent> events) {
        var revisions = new HashMap<String, Long>();
        var ids = new HashSet<String>();
        for (var event : events) {
            assertThat(ids.add(event.getEventId())).isTrue();
            var before = revisions.put(event.getSubject(), event.getRevision());
            assertThat(event.getRevision()).isEqualTo(before == null ? 1 : before + 1);
        }
    }
}

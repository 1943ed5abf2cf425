package ipn.processor.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.Item;
import ipn.gateway.Notification;
import ipn.gateway.Translation;
import ipn.processor.payment.Histories.Told;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Order-free by construction: whatever arrives in whatever order, as often as it likes. */
class PaymentPropertiesTest {

    static LongStream seeds() {
        return LongStream.range(0, 3_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_order_and_repetition_of_the_same_deliveries_ends_in_the_same_payment(long seed) {
        var random = new SplittableRandom(seed);
        var history = Histories.history(random);
        var shuffled = Histories.shuffledWithRedeliveries(history, random);

        var straight = decideAll(history);
        var mixed = decideAll(shuffled);

        assertThat(facts(straight)).as("the newest statement about each fact").isEqualTo(newest(history));
        assertThat(straight.seen())
                .as("events remembered")
                .extracting(SeenEvent::eventKey)
                .containsExactlyInAnyOrderElementsOf(
                        history.stream().map(Told::eventKey).toList());
        assertThat(mixed).as("in another order, some repeated").isEqualTo(straight);
        assertThat(PaymentStatusRule.derive(mixed)).as("status").isEqualTo(PaymentStatusRule.derive(straight));
        assertThat(Totals.of(mixed)).as("totals").isEqualTo(Totals.of(straight));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void joining_is_commutative_associative_and_idempotent(long seed) {
        var random = new SplittableRandom(seed);
        var history = Histories.history(random);
        var a = joinAll(history);
        var b = joinAll(Histories.history(random));
        var c = joinAll(Histories.history(random));

        assertThat(facts(a)).as("the newest statement about each fact").isEqualTo(newest(history));
        assertThat(a.join(b)).as("commutative").isEqualTo(b.join(a));
        assertThat(a.join(b).join(c)).as("associative").isEqualTo(a.join(b.join(c)));
        assertThat(a.join(a)).as("idempotent").isEqualTo(a);
        assertThat(a.join(b).join(b)).as("idempotent").isEqualTo(a.join(b));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_redelivery_is_never_applied_wherever_it_lands(long seed) {
        var random = new SplittableRandom(seed);
        var payment = Payment.NOTHING;
        var history = Histories.history(random);
        for (var told : history) {
            assertThat(decide(payment, told))
                    .as("%s comes for the first time", told.eventKey())
                    .isInstanceOfAny(Decision.Applied.class, Decision.Unchanged.class);
            payment = after(payment, told);
        }
        var again = history.get(random.nextInt(history.size()));
        assertThat(decide(payment, again))
                .as("%s comes again", again.eventKey())
                .isInstanceOf(Decision.Duplicate.class);
    }

    @Test
    void only_the_newest_256_events_are_remembered_whatever_their_order() {
        var many = IntStream.range(0, 600)
                .mapToObj(PaymentPropertiesTest::nothingNew)
                .toList();
        var forwards = joinAll(many);
        var backwards =
                joinAll(IntStream.range(0, 600).mapToObj(i -> many.get(599 - i)).toList());

        assertThat(forwards).isEqualTo(backwards);
        assertThat(forwards.seen()).hasSize(Payment.SEEN_MAX);
        assertThat(forwards.fingerprintOf("stripe/main/evt_599")).isPresent();
        assertThat(forwards.fingerprintOf("stripe/main/evt_0")).isEmpty();
        assertThat(decide(forwards, many.get(0)))
                .as("forgotten, and still without effect")
                .isInstanceOf(Decision.Unchanged.class);
    }

    private static Told nothingNew(int i) {
        var at = Instant.parse("2026-09-01T12:00:00Z");
        var fact = new Fact.Captured("ch_1", new Money(800, "USD"), Optional.empty());
        return new Told(
                "stripe/main/evt_" + i, new Notification("t", at.plusSeconds(i), 0, Optional.empty(), List.of(fact)));
    }

    private static Map<FactKey, Fact> facts(Payment payment) {
        var facts = new TreeMap<FactKey, Fact>();
        payment.facts().forEach((key, known) -> facts.put(key, known.fact()));
        return facts;
    }

    /** What was stated last about each fact: by the gateway's clock, its sequence, the event key; found by sorting, not by joining. */
    private static Map<FactKey, Fact> newest(List<Told> history) {
        var byVersion = Comparator.<Told, Instant>comparing(
                        told -> told.notification().occurredAt())
                .thenComparingLong(told -> told.notification().sequence())
                .thenComparing(Told::eventKey);
        var newest = new TreeMap<FactKey, Fact>();
        history.stream()
                .sorted(byVersion)
                .flatMap(told -> told.notification().facts().stream().sorted(Comparator.comparing(Fact::toString)))
                .forEach(fact -> newest.put(FactKey.of(fact), fact));
        return newest;
    }

    private static Payment decideAll(List<Told> history) {
        var payment = Payment.NOTHING;
        for (var told : history) {
            payment = after(payment, told);
        }
        return payment;
    }

    private static Payment joinAll(List<Told> history) {
        return history.stream()
                .map(told -> Payment.from(told.eventKey(), told.notification()))
                .reduce(Payment.NOTHING, Payment::join);
    }

    private static Payment after(Payment before, Told told) {
        return decide(before, told).payment().orElse(before);
    }

    private static Decision decide(Payment before, Told told) {
        var item = new Item(
                0, "stripe/main/pi_1", told.eventKey(), told.notification().type());
        return PaymentRules.decide(item, new Translation.Understood(told.notification()), before);
    }
}

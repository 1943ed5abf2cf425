package ipn.processor;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.PaymentState;
import ipn.gateway.AccountId;
import ipn.processor.payment.FactKey;
import ipn.processor.payment.Histories;
import ipn.processor.payment.Payment;
import ipn.serde.AvroSerdes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaymentStatesTest {
    private static final Serde<PaymentState> SERDE = AvroSerdes.of(
                    Map.of("schema.registry.url", "mock://payment-states"))
            .values(PaymentState.class);

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_payment_comes_back_from_bytes_as_it_was(long seed) {
        var payment = Histories.history(new SplittableRandom(seed)).stream()
                .map(told -> Payment.from(told.eventKey(), told.notification()))
                .reduce(Payment.NOTHING, Payment::join);
        var state = PaymentStates.state("stripe/main/pi_1", new AccountId("stripe", "main", false), Set.of(), payment);
        assertThat(state.getFacts())
                .as("facts written")
                .isNotEmpty()
                .hasSameSizeAs(payment.facts().keySet());
        var written = SERDE.serializer().serialize("payments", state);
        assertThat(PaymentStates.payment(SERDE.deserializer().deserialize("payments", written)))
                .isEqualTo(payment);
    }

    /** Also what is told of each of several invoices. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_order_and_repetition_gives_the_same_state(long seed) {
        var random = new SplittableRandom(seed);
        var history = Histories.history(random);
        var mixed = Histories.shuffledWithRedeliveries(history, random);
        var state = state(history);
        assertThat(state(mixed)).as("in another order, some repeated").isEqualTo(state);
        assertThat(state.getFacts())
                .as("facts written: each that the history states, once")
                .hasSize((int) history.stream()
                        .flatMap(told -> told.notification().facts().stream())
                        .map(FactKey::of)
                        .distinct()
                        .count());
        assertThat(state.getEvents()).as("events written").hasSameSizeAs(history);
    }

    private static PaymentState state(List<Histories.Told> history) {
        var payment = history.stream()
                .map(told -> Payment.from(told.eventKey(), told.notification()))
                .reduce(Payment.NOTHING, Payment::join);
        return PaymentStates.state("stripe/main/pi_1", new AccountId("stripe", "main", false), Set.of(), payment);
    }
}

package ipn.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.drift.DriftDetector;
import ipn.gateway.Translation;
import ipn.processor.payment.Histories;
import ipn.settings.Settings;
import ipn.topics.ByteLimits;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** A node writes last, so that whatever fails in it has changed nothing. */
class PaymentNodeTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://node"), TopicCatalogue.defaults());
    private static final String KEY = "notebook/main/pi_1";
    private static final Serde<PaymentState> PAYMENTS = KAFKA.serdes().values(PaymentState.class);
    private static final Serde<Outcome> OUTCOMES = KAFKA.serdes().values(Outcome.class);

    private final Notebook notebook = new Notebook();
    private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(PaymentNode.STORE), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    @Test
    void an_outcome_that_cannot_be_serialized_changes_no_state_and_is_unprocessable() {
        var outcome = decided(PAYMENTS, Serdes.serdeFrom(PaymentNodeTest::failsOnApplied, OUTCOMES.deserializer()));

        assertThat(store.get(KEY)).isNull();
        assertThat(outcome.getKind()).isEqualTo(OutcomeKind.UNPROCESSABLE);
        assertThat(outcome.getReason()).isEqualTo("INTERNAL_ERROR");
    }

    @Test
    void a_state_larger_than_a_record_may_be_is_not_written_and_the_notification_is_unprocessable() {
        var outcome = decided(
                Serdes.serdeFrom((topic, state) -> new byte[ByteLimits.PAYMENT_STATE + 1], PAYMENTS.deserializer()),
                OUTCOMES);

        assertThat(store.get(KEY)).isNull();
        assertThat(outcome.getKind()).isEqualTo(OutcomeKind.UNPROCESSABLE);
        assertThat(outcome.getReason()).isEqualTo("TOO_MANY_FACTS");
    }

    /** The only record that was written for a captured payment. */
    private Outcome decided(Serde<PaymentState> states, Serde<Outcome> outcomes) {
        notebook.note("evt_1", "pi_1", new Translation.Understood(Histories.captured(NOON, 2500)));
        node(states, outcomes).process(new Record<>(bytes(KEY), bytes("evt_1"), NOON.toEpochMilli(), headers()));

        assertThat(context.forwarded()).hasSize(1);
        var written = context.forwarded().get(0);
        assertThat(written.childName()).contains(PaymentNode.OUTCOMES);
        return OUTCOMES.deserializer()
                .deserialize("ipn.outcomes", (byte[]) written.record().value());
    }

    private PaymentNode node(Serde<PaymentState> states, Serde<Outcome> outcomes) {
        var meters = new SimpleMeterRegistry();
        var known = DriftDetector.load();
        var handler = new RawRecordHandler(notebook.accounts());
        var node = new PaymentNode(
                handler,
                new StateFormat(states, outcomes, "ipn.payments", "ipn.outcomes"),
                new DecisionMeter(meters, handler.accounts(), known),
                new DriftMeter(known, meters),
                OutageWatch.from(Settings.parse("", Map.of(), Path.of(""))));
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        context.setRecordMetadata("ipn.raw", 0, 7);
        node.init(context);
        return node;
    }

    private static byte[] failsOnApplied(String topic, Outcome outcome) {
        if (outcome.getKind() == OutcomeKind.APPLIED) {
            throw new IllegalStateException("cannot be serialized");
        }
        return OUTCOMES.serializer().serialize(topic, outcome);
    }

    private static RecordHeaders headers() {
        var headers = new RecordHeaders();
        headers.add(Headers.CE_SOURCE, bytes("/ipn/notebook/main"));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

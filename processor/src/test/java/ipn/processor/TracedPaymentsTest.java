package ipn.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import ipn.gateway.Translation;
import ipn.processor.payment.Histories;
import ipn.runtime.streams.TracedRecords;
import ipn.runtime.traces.FinishedSpan;
import ipn.runtime.traces.SpanAttributes;
import ipn.runtime.traces.Traces;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.Reason;
import ipn.topics.TopicCatalogue;
import ipn.topics.TraceParent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracedPaymentsTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://traces"), TopicCatalogue.defaults());
    private static final TraceParent SENT =
            new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", false);
    /** Records of tests are older than any that a stage calls slow. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    @TempDir
    private Path folder;

    private final Notebook notebook = new Notebook();
    private final List<FinishedSpan> spans = new ArrayList<>();
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> raw;
    private TestOutputTopic<String, byte[]> outcomes;
    private TestOutputTopic<String, byte[]> payments;

    private void start(Traces traces) {
        var properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        var topology = PaymentTopology.build(
                KAFKA,
                new RawRecordHandler(notebook.accounts()),
                OutageWatch.from(Settings.empty()),
                new TracedRecords(traces, "ipn-processor"),
                new SimpleMeterRegistry(),
                Stores::inMemoryKeyValueStore);
        driver = new TopologyTestDriver(topology, properties, NOON);
        raw = driver.createInputTopic("ipn.raw", new StringSerializer(), new ByteArraySerializer());
        outcomes = driver.createOutputTopic("ipn.outcomes", new StringDeserializer(), new ByteArrayDeserializer());
        payments = driver.createOutputTopic("ipn.payments", new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void receive(String event, Translation translation, String... more) {
        notebook.note(event, "pi_1", translation);
        var headers = new RecordHeaders();
        headers.add(Headers.CE_SOURCE, "/ipn/notebook/main".getBytes(UTF_8));
        headers.add(Headers.TRACEPARENT, SENT.header());
        for (var header : more) {
            headers.add(header, "r_1".getBytes(UTF_8));
        }
        raw.pipeInput(new TestRecord<>("notebook/main/pi_1", (event + " body").getBytes(UTF_8), headers, NOON));
    }

    private static Translation captured() {
        return new Translation.Understood(Histories.captured(NOON, 2500));
    }

    private static TraceParent carried(TestOutputTopic<String, byte[]> topic) {
        var headers = topic.readRecord().headers();
        assertThat(headers.headers(Headers.TRACEPARENT)).hasSize(1);
        return TraceParent.parse(headers.lastHeader(Headers.TRACEPARENT).value())
                .orElseThrow();
    }

    @Test
    void a_sampled_record_has_a_span_whose_context_its_outcome_and_its_state_carry() {
        start(Traces.to(spans::add, 100, NEVER));
        receive("evt_1", captured());

        assertThat(spans).singleElement().satisfies(span -> {
            assertThat(span.name()).isEqualTo("process ipn.raw");
            assertThat(span.kind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(span.parent()).contains(SENT);
            assertThat(span.error()).isEmpty();
            assertThat(span.attributes().asMap())
                    .containsEntry(SpanAttributes.SYSTEM, "kafka")
                    .containsEntry(SpanAttributes.OPERATION, "process")
                    .containsEntry(SpanAttributes.OPERATION_TYPE, "process")
                    .containsEntry(SpanAttributes.DESTINATION, "ipn.raw")
                    .containsEntry(SpanAttributes.PARTITION, "0")
                    .containsEntry(SpanAttributes.OFFSET, 0L)
                    .containsEntry(SpanAttributes.GROUP, "ipn-processor")
                    .containsEntry(SpanAttributes.GATEWAY, "notebook")
                    .containsEntry(SpanAttributes.ACCOUNT, "main")
                    .containsEntry(SpanAttributes.OUTCOME, "APPLIED");
            assertThat(span.attributes().toString()).doesNotContain("2500", "pi_1", "evt_1");
        });
        var context = spans.get(0).context().sampled(true);
        assertThat(carried(outcomes)).isEqualTo(context).isEqualTo(carried(payments));
    }

    @Test
    void an_ordinary_record_that_is_not_sampled_has_no_span_and_its_trace_goes_on() {
        start(Traces.to(spans::add, 0, NEVER));
        receive("evt_1", captured());
        assertThat(spans).isEmpty();
        assertThat(carried(outcomes))
                .returns(SENT.traceId(), TraceParent::traceId)
                .returns(false, TraceParent::sampled)
                .isNotEqualTo(SENT);
    }

    @Test
    void an_unprocessable_record_is_kept_and_so_is_what_follows() {
        start(Traces.to(spans::add, 0, NEVER));
        receive("evt_1", new Translation.Refused(Reason.INVALID_AMOUNT, "/amount: negative"));
        assertThat(spans).singleElement().satisfies(span -> {
            assertThat(span.error()).contains("INVALID_AMOUNT");
            assertThat(span.attributes().get(SpanAttributes.REASON)).isEqualTo("INVALID_AMOUNT");
        });
        assertThat(carried(outcomes).sampled()).isTrue();
    }

    @Test
    void a_record_that_waited_for_long_is_kept() {
        start(Traces.to(spans::add, 0, Duration.ofSeconds(1)));
        receive("evt_1", captured());
        assertThat(spans).hasSize(1);
        assertThat(carried(outcomes).sampled()).isTrue();
    }

    @Test
    void a_replay_has_a_trace_of_its_own_that_links_to_the_first() {
        start(Traces.to(spans::add, 100, NEVER));
        receive("evt_1", captured(), Headers.REPLAY_ID);
        assertThat(spans).singleElement().satisfies(span -> {
            assertThat(span.parent()).isEmpty();
            assertThat(span.link()).contains(SENT);
            assertThat(span.context().traceId()).isNotEqualTo(SENT.traceId());
            assertThat(span.attributes().get(SpanAttributes.REPLAY)).isEqualTo("r_1");
        });
    }

    @Test
    void without_spans_the_context_is_passed_on_as_it_came_and_a_replay_still_has_its_own() {
        start(Traces.OFF);
        receive("evt_1", captured());
        receive("evt_2", captured(), Headers.REPLAY_ID);
        assertThat(carried(outcomes)).isEqualTo(SENT);
        assertThat(carried(outcomes).traceId()).isNotEqualTo(SENT.traceId());
    }

    @Test
    void a_fault_in_the_spans_changes_nothing() {
        start(Traces.to(
                span -> {
                    throw new IllegalStateException("no memory for spans");
                },
                100,
                NEVER));
        receive("evt_1", captured());
        assertThat(carried(outcomes).sampled()).isTrue();
        assertThat(payments.getQueueSize()).isEqualTo(1);
    }
}

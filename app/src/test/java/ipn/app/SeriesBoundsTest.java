package ipn.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.RecordPosition;
import ipn.drift.DriftDetector;
import ipn.gateway.Accounts;
import ipn.operations.conservation.ConservationReport;
import ipn.processor.PaymentTopology;
import ipn.processor.RawRecordHandler;
import ipn.projector.EntitlementTopology;
import ipn.projector.ProjectorSettings;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.runtime.metrics.Metric;
import ipn.runtime.metrics.SeriesBounds;
import ipn.runtime.metrics.StageMeters;
import ipn.settings.Settings;
import ipn.simulator.BuiltInTestAccounts;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.Reason;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processor and projector with 14 gateways, 50 accounts, 200 event types of each, and what nobody has in the settings. */
class SeriesBoundsTest {
    private static final int ACCOUNTS = 50;
    private static final int TYPES = 200;
    private static final int STRANGERS = 10_000;
    private static final Instant NOW = Instant.parse("2026-09-01T14:00:00Z");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern LINE = Pattern.compile("([a-z_]+?)(_bucket|_count|_sum|_max)?(\\{.*)? \\S+");
    private static final KafkaSettings KAFKA =
            new KafkaSettings(Map.of(), Map.of("schema.registry.url", "mock://bounds"), TopicCatalogue.defaults());

    @TempDir
    private Path folder;

    private final StageMeters meters = StageMeters.create();

    @Test
    void no_metric_has_more_series_than_the_reference_says() throws IOException {
        var settings = settings();
        var accounts = Accounts.from(settings);
        settings.verify();
        assertThat(accounts.byName()).hasSize(ACCOUNTS);
        try (var processor = driver(PaymentTopology.build(
                KAFKA, new RawRecordHandler(accounts), meters.registry(), Stores::inMemoryKeyValueStore))) {
            process(processor.createInputTopic("ipn.raw", new StringSerializer(), new ByteArraySerializer()), accounts);
        }
        try (var projector = driver(projector())) {
            project(projector.createInputTopic(
                    "ipn.outcomes", new StringSerializer(), KAFKA.serdes().serializer(Outcome.class)));
        }
        var text = meters.registry().scrape();
        for (var metric : Metric.values()) {
            assertThat(lines(text).getOrDefault(metric.series(), 0L))
                    .as(metric.series())
                    .isLessThanOrEqualTo(SeriesBounds.lines(metric, gateways(accounts), ACCOUNTS));
        }
        assertThat(lines(text).get(Metric.PROCESSOR_NOTIFICATIONS.series())).isGreaterThan(ACCOUNTS);
        assertThat(text).doesNotContain("stranger");
    }

    @Test
    void the_bounds_of_labels_that_are_codes_are_the_sizes_of_their_lists() {
        var kinds = OutcomeKind.values().length - 1; // UNKNOWN is never written
        var reasons = Reason.values().length;
        assertThat(SeriesBounds.of(Metric.PROCESSOR_OUTCOMES).ofGateway()).isEqualTo(kinds + reasons);
        assertThat(SeriesBounds.of(Metric.PROCESSOR_NOTIFICATIONS).ofAccount()).isEqualTo(kinds);
        assertThat(SeriesBounds.of(Metric.PROJECTOR_DEAD_LETTERS).fixed()).isEqualTo(reasons);
        assertThat(SeriesBounds.of(Metric.CONSERVATION_FINDINGS).fixed())
                .isEqualTo(ConservationReport.Kind.values().length);
    }

    @Test
    void the_known_event_types_of_each_gateway_are_within_the_bound() {
        DriftDetector.load()
                .schemas()
                .forEach((gateway, known) -> assertThat(
                                (known.types().size() + known.events().size() + 1L)
                                        * ipn.drift.Finding.Kind.values().length)
                        .as(gateway)
                        .isLessThanOrEqualTo(
                                SeriesBounds.of(Metric.PROCESSOR_DRIFT).ofGateway()));
    }

    /** The test accounts, each with copies until there are enough. */
    private static Settings settings() throws IOException {
        var all = (ObjectNode) YAML.readTree(BuiltInTestAccounts.yaml());
        var gateways = (ObjectNode) all.path("gateways");
        ((ObjectNode) gateways.path("standard-webhooks")).remove("canary");
        var left = ACCOUNTS - gateways.size();
        for (var copy = 1; left > 0; copy++) {
            for (var gateway : gateways) {
                if (left > 0) {
                    ((ObjectNode) gateway)
                            .set("copy" + copy, gateway.path("main").deepCopy());
                    left--;
                }
            }
        }
        return Settings.parse(YAML.writeValueAsString(all), Map.of(), Path.of(""));
    }

    private static int gateways(Accounts accounts) {
        return (int) accounts.byName().values().stream()
                .map(account -> account.id().gateway())
                .distinct()
                .count();
    }

    private void process(TestInputTopic<String, byte[]> raw, Accounts accounts) {
        var known = DriftDetector.load().schemas();
        accounts.byName().forEach((name, account) -> {
            var types =
                    new ArrayList<>(known.get(account.id().gateway()).events().keySet());
            types.addAll(known.get(account.id().gateway()).types());
            for (var i = types.size(); i < TYPES; i++) {
                types.add("stranger." + name + i);
            }
            types.forEach(type -> raw.pipeInput(record(name, type, "no number")));
        });
        for (var i = 0; i < STRANGERS; i++) {
            raw.pipeInput(record("stranger" + i % 7 + "/stranger" + i, "payment", "0"));
            raw.pipeInput(record("stripe/main", "stranger." + i, "0"));
        }
    }

    private static TestRecord<String, byte[]> record(String account, String type, String item) {
        var headers = new RecordHeaders();
        headers.add(Headers.CE_SOURCE, ("/ipn/" + account).getBytes(UTF_8));
        headers.add(Headers.CE_TYPE, type.getBytes(UTF_8));
        headers.add(Headers.CE_ID, (account + "/e").getBytes(UTF_8));
        headers.add(Headers.ITEM, item.getBytes(UTF_8));
        var body = "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"%s\"}".formatted(type);
        return new TestRecord<>(account + "/p", body.getBytes(UTF_8), headers, NOW);
    }

    private Topology projector() {
        var settings = ProjectorSettings.from(Settings.parse("", Map.of(), Path.of("")), 8, folder);
        return EntitlementTopology.build(
                KAFKA,
                CatalogueHistory.always(settings.products()),
                settings.safeguards(),
                settings.notifications(),
                meters.registry(),
                Clock.systemUTC(),
                Stores::inMemoryKeyValueStore);
    }

    private static void project(TestInputTopic<String, Outcome> outcomes) {
        for (var i = 0; i < TYPES; i++) {
            var outcome = Outcome.newBuilder()
                    .setKind(OutcomeKind.UNPROCESSABLE)
                    .setReason("STRANGER_" + i)
                    .setPaymentKey("stripe/main/p")
                    .setEventKey("stripe/main/e" + i)
                    .setGateway("stranger" + i)
                    .setAccount("stranger" + i)
                    .setEventType("stranger." + i)
                    .setSource(new RecordPosition("ipn.raw", 0, (long) i))
                    .build();
            outcomes.pipeInput("stripe/main/p", outcome);
        }
    }

    private TopologyTestDriver driver(Topology topology) {
        var properties = new Properties();
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                folder.resolve("state-" + System.nanoTime()).toString());
        return new TopologyTestDriver(topology, properties, NOW);
    }

    private static Map<String, Long> lines(String text) {
        var names = Arrays.stream(Metric.values()).map(Metric::series).collect(Collectors.toSet());
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(LINE::matcher)
                .filter(line -> line.matches())
                .map(line -> List.of(line.group(1), line.group(1) + line.group(2)))
                .map(both -> names.contains(both.get(1)) ? both.get(1) : both.get(0))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }
}

package ipn.operations.drift;

import static ipn.drift.Finding.Kind.MISSING_FIELD;
import static ipn.drift.Finding.Kind.NEW_FIELD;
import static ipn.drift.Finding.Kind.UNKNOWN_EVENT_TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import ipn.drift.DriftDetector;
import ipn.drift.Finding;
import ipn.gateway.Accounts;
import ipn.operations.TestCluster;
import ipn.operations.drift.DriftReport.Row;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.settings.Settings;
import ipn.topics.Headers;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriftSearchIT {
    private static final String AS_KNOWN =
            "{\"type\":\"payment.succeeded\",\"timestamp\":\"2026-09-01T12:00:00Z\",\"data\":{\"any\":1}}";
    private static final String LONGER = AS_KNOWN.replaceFirst("\\{", "{\"region\":\"eu\",");
    private static final String SHORTER = "{\"type\":\"payment.succeeded\",\"data\":{}}";
    private static final String NEW_TYPE =
            "{\"id\":\"evt_1\",\"type\":\"treasury.thing.opened\",\"created\":1788264000,"
                    + "\"livemode\":false,\"data\":{\"object\":{\"id\":\"x_1\",\"object\":\"thing\"}}}";

    private final Accounts accounts = Accounts.from(Settings.parse(
            "gateways: {standard-webhooks: {acme: {mode: test}}, stripe: {main: {mode: test}}}",
            Map.of(),
            Path.of("")));
    private TestCluster cluster;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 2);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_known_format_is_checked_and_not_reported() {
        cluster.write(List.of(stored(0, "standard-webhooks/acme", AS_KNOWN)));
        var report = search(Optional.empty(), Optional.empty());
        assertThat(report).isEqualTo(new DriftReport(List.of(), 1, 0, 0, 0));
        assertThat(report.none()).isTrue();
    }

    @Test
    void a_difference_is_reported_once_with_its_count_its_times_and_the_position_of_the_last_one() {
        cluster.write(List.of(stored(0, "standard-webhooks/acme", LONGER), stored(1, "stripe/main", NEW_TYPE)));
        cluster.write(List.of(stored(0, "standard-webhooks/acme", AS_KNOWN)));
        var last = cluster.write(stored(0, "standard-webhooks/acme", LONGER));
        cluster.writeInVain(List.of(stored(0, "standard-webhooks/acme", SHORTER)));

        var report = search(Optional.empty(), Optional.empty());

        assertThat(report.records()).isEqualTo(4);
        assertThat(report.rows()).hasSize(2);
        var row = report.rows().get(0);
        var written = records(0);
        assertThat(row)
                .isEqualTo(new Row(
                        "standard-webhooks",
                        "payment.succeeded",
                        NEW_FIELD,
                        "/region",
                        2,
                        Instant.ofEpochMilli(written.get(0).timestamp()),
                        Instant.ofEpochMilli(written.get(2).timestamp()),
                        last));
        assertThat(report.rows().get(1))
                .extracting(Row::gateway, Row::type, Row::kind)
                .containsExactly("stripe", "treasury.thing.opened", UNKNOWN_EVENT_TYPE);
    }

    @Test
    void one_gateway_can_be_asked_for() {
        cluster.write(List.of(stored(0, "standard-webhooks/acme", SHORTER), stored(1, "stripe/main", NEW_TYPE)));
        var report = search(Optional.of("standard-webhooks"), Optional.empty());
        assertThat(report.records()).isEqualTo(1);
        assertThat(report.rows()).extracting(Row::kind, Row::field).containsExactly(tuple(MISSING_FIELD, "/timestamp"));
    }

    @Test
    void a_time_can_be_asked_for() throws Exception {
        cluster.write(stored(0, "standard-webhooks/acme", SHORTER));
        var before = records(0).get(0).timestamp();
        while (System.currentTimeMillis() <= before) {
            Thread.onSpinWait();
        }
        cluster.write(stored(0, "standard-webhooks/acme", LONGER));
        var since = Instant.ofEpochMilli(records(0).get(1).timestamp());

        assertThat(search(Optional.empty(), Optional.of(since)).rows())
                .extracting(Row::kind)
                .containsExactly(NEW_FIELD);
        assertThat(search(Optional.empty(), Optional.of(since.plusMillis(1))).records())
                .isZero();
    }

    @Test
    void records_of_unknown_accounts_or_without_a_notification_are_counted_and_do_not_end_the_search() {
        cluster.write(List.of(
                stored(0, "stripe/another", NEW_TYPE),
                new ProducerRecord<>(cluster.topic(TopicCatalogue.RAW), 0, null, "no headers".getBytes(UTF_8)),
                stored(0, "stripe/main", "not even JSON"),
                new ProducerRecord<>(cluster.topic(TopicCatalogue.RAW), 1, "k".getBytes(UTF_8), null)));
        assertThat(search(Optional.empty(), Optional.empty())).isEqualTo(new DriftReport(List.of(), 1, 3, 0, 0));
    }

    @Test
    void kinds_of_differences_beyond_the_limit_are_only_counted() {
        cluster.write(List.of(
                stored(0, "standard-webhooks/acme", LONGER),
                stored(0, "standard-webhooks/acme", SHORTER),
                stored(0, "standard-webhooks/acme", LONGER),
                stored(0, "standard-webhooks/acme", SHORTER)));
        var report = new DriftSearch(cluster.kafka, accounts, DriftDetector.load(), 1)
                .run(Optional.empty(), Optional.empty(), Progress.SILENT);
        assertThat(report.rows()).extracting(Row::kind, Row::count).containsExactly(tuple(NEW_FIELD, 2L));
        assertThat(report.beyond()).isEqualTo(2);
        assertThat(report.none()).isFalse();
    }

    @Test
    void partitions_are_read_one_after_another_and_times_are_right() {
        var tally = new DriftCounter(10);
        var at = new Position("ipn.raw", 0, 1);
        tally.add("g", "t", new Finding(NEW_FIELD, "/a"), Instant.EPOCH.plusSeconds(1), at);
        tally.add("g", "t", new Finding(NEW_FIELD, "/a"), Instant.EPOCH, new Position("ipn.raw", 1, 0));
        assertThat(tally.rows())
                .containsExactly(
                        new Row("g", "t", NEW_FIELD, "/a", 2, Instant.EPOCH, Instant.EPOCH.plusSeconds(1), at));
    }

    private DriftReport search(Optional<String> gateway, Optional<Instant> since) {
        return new DriftSearch(cluster.kafka, accounts, DriftDetector.load()).run(gateway, since, Progress.SILENT);
    }

    private List<ConsumerRecord<byte[], byte[]>> records(int partition) {
        return cluster.records(TopicCatalogue.RAW).stream()
                .filter(record -> record.partition() == partition)
                .toList();
    }

    private ProducerRecord<byte[], byte[]> stored(int partition, String account, String body) {
        var record = new ProducerRecord<>(
                cluster.topic(TopicCatalogue.RAW), partition, (account + "/p_1").getBytes(UTF_8), body.getBytes(UTF_8));
        record.headers().add(Headers.CE_SOURCE, ("/ipn/" + account).getBytes(UTF_8));
        record.headers().add(Headers.CONTENT_TYPE, "application/json".getBytes(UTF_8));
        record.headers().add(Headers.HTTP_PREFIX + "webhook-id", "msg_1".getBytes(UTF_8));
        return record;
    }
}

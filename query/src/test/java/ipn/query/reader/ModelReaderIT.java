package ipn.query.reader;

import static ipn.query.AnyRecord.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.Discrepancy;
import ipn.avro.EntitlementClaims;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.embedded.PostgresUnderTest;
import ipn.polling.Polling;
import ipn.query.AnyRecord;
import ipn.query.IndexedTopics;
import ipn.query.PipelineTopics;
import ipn.query.ReadModel;
import ipn.query.model.Table;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reader with the real broker and the real database. */
@Timeout(120)
class ModelReaderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ReaderPace PACE =
            new ReaderPace(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(10));

    private final ReaderMetrics metrics = new ReaderMetrics(new SimpleMeterRegistry());
    private PipelineTopics topics;
    private ReadModel model;

    @BeforeEach
    void create() {
        topics = PipelineTopics.create(ModelReaderIT.class, 3);
        topics.createChangelogs();
        model = ReadModel.create(ModelReaderIT.class);
    }

    @AfterEach
    void close() {
        model.close();
        topics.close();
    }

    private ModelReader reader(ReadModel into) {
        return ModelReader.start(
                into.database(), topics.settings(), topics.indexed(), metrics, Clock.systemUTC(), PACE);
    }

    @Test
    void committed_records_of_every_topic_are_rows_and_aborted_ones_are_not() {
        topics.commit(() -> IntStream.range(0, 20).forEach(seed -> topics.writeOneOfEach(new AnyRecord(seed))));
        topics.abort(() -> {
            var planted = new AnyRecord(99).of(Order.class);
            set(planted, "orderId", "o_aborted");
            topics.write(TopicCatalogue.ORDERS, "o_aborted", planted);
            topics.write(TopicCatalogue.PAYMENTS, "paymentKey_1", new AnyRecord(98).of(PaymentState.class));
        });
        try (var reader = reader(model)) {
            model.awaitComplete();
        }

        for (var table : Table.values()) {
            assertThat(model.query("SELECT 1 FROM " + table.sqlName()))
                    .as(table.sqlName())
                    .isNotEmpty();
        }
        assertThat(model.query("SELECT order_id FROM orders")).doesNotContain("o_aborted");
        assertThat(model.query("SELECT 1 FROM unreadable_records")).isEmpty();
        assertThat(model.query("SELECT kind FROM payment_facts")).isNotEmpty();
        assertThat(model.query("SELECT status FROM payment_invoices")).isNotEmpty();
    }

    @Test
    void the_newest_record_of_a_key_counts_and_one_without_a_value_withdraws_it() {
        var any = new AnyRecord(1);
        var order = any.of(Order.class);
        set(order, "amount", 100L);
        topics.commit(() -> topics.write(TopicCatalogue.ORDERS, "o_1", named(order, "o_1")));
        topics.commit(() -> topics.write(TopicCatalogue.ORDERS, "o_2", named(order, "o_2")));
        try (var reader = reader(model)) {
            model.awaitComplete();
            assertThat(model.query("SELECT amount FROM orders")).containsExactly("100", "100");

            set(order, "amount", 200L);
            topics.commit(() -> {
                topics.write(TopicCatalogue.ORDERS, "o_1", named(order, "o_1"));
                topics.write(TopicCatalogue.ORDERS, "o_2", null);
            });
            model.awaitComplete();
            assertThat(model.query("SELECT amount FROM orders")).containsExactly("200");
        }
    }

    @Test
    void tables_of_another_version_are_built_again() throws SQLException {
        topics.commit(() -> topics.write(TopicCatalogue.ORDERS, "o_1", named(new AnyRecord(1).of(Order.class), "o_1")));
        try (var reader = reader(model)) {
            model.awaitComplete();
        }
        model.execute("ALTER TABLE ipn.orders RENAME COLUMN amount TO former_amount");
        model.execute("UPDATE ipn.flyway_schema_history SET checksum = checksum + 1 WHERE version = '1'");

        try (var reader = reader(model)) {
            model.awaitComplete();
            assertThat(model.query("SELECT count(amount) FROM orders")).containsExactly("1");
        }
    }

    @Test
    void tables_of_a_newer_version_are_built_again() throws SQLException {
        topics.commit(() -> topics.write(TopicCatalogue.ORDERS, "o_1", named(new AnyRecord(1).of(Order.class), "o_1")));
        try (var reader = reader(model)) {
            model.awaitComplete();
        }
        model.execute("ALTER TABLE ipn.orders ADD COLUMN later integer NOT NULL DEFAULT 0");
        model.execute(
                "INSERT INTO ipn.flyway_schema_history SELECT max(installed_rank) + 1, '900', 'later', 'SQL', 'V900__later.sql',"
                        + " 1, 'ipn', now(), 1, true FROM ipn.flyway_schema_history");

        try (var reader = reader(model)) {
            model.awaitComplete();
            assertThat(model.columns(Table.ORDERS)).doesNotContain("later");
            assertThat(model.query("SELECT order_id FROM orders")).containsExactly("o_1");
        }
    }

    private static Order named(Order order, String id) {
        return Order.newBuilder(order).setOrderId(id).build();
    }

    @Test
    void changelogs_are_read_once_they_exist_and_only_then_the_tables_say_so() {
        var late = new IndexedTopics(topics.settings().topics().prefix() + "late");
        try (var reader =
                ModelReader.start(model.database(), topics.settings(), late, metrics, Clock.systemUTC(), PACE)) {
            model.awaitComplete();
            assertThat(model.query("SELECT unnest(further) FROM progress")).isEmpty();

            topics.createChangelogs(late);
            topics.commit(() -> {
                topics.writeTo(late.claims(), "u_1/premium", new AnyRecord(1).of(EntitlementClaims.class));
                topics.writeTo(late.claims(), "u%2F2/premium/post_7", new AnyRecord(2).of(EntitlementClaims.class));
                topics.writeTo(late.claims(), "u_1/gone", new AnyRecord(3).of(EntitlementClaims.class));
                topics.writeTo(late.claims(), "u_1/gone", null);
            });
            assertThat(Polling.upTo(PATIENCE)
                            .until(() -> model.query("SELECT unnest(further) FROM progress")
                                            .size()
                                    == 2))
                    .isTrue();
        }
        assertThat(model.query("SELECT subject FROM entitlement_claims ORDER BY subject"))
                .containsExactly("u/2", "u_1");
    }

    @Test
    void what_cannot_be_read_or_stored_is_noted_and_stops_nothing() {
        var any = new AnyRecord(2);
        var tooLong = any.of(Discrepancy.class);
        set(
                tooLong,
                "discrepancyId",
                new Random(1)
                        .ints(8_000, 'a', 'z')
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()));
        var strange = any.of(Discrepancy.class);
        set(strange, "discrepancyId", "d_1");
        set(strange, "expected", "nul \0, quote ' and \\ and \ud83d\ude00");
        set(strange, "at", Instant.ofEpochMilli(Long.MAX_VALUE / 4));
        var ofLongSubject = any.of(Order.class);
        set(ofLongSubject, "subject", tooLong.getDiscrepancyId());
        topics.commit(() -> {
            topics.writeBytes(TopicCatalogue.PAYMENTS, "k", "no Avro".getBytes(StandardCharsets.UTF_8));
            topics.write(TopicCatalogue.DISCREPANCIES, "d", tooLong);
            topics.write(TopicCatalogue.ORDERS, "o", ofLongSubject);
            topics.write(TopicCatalogue.DISCREPANCIES, "d_1", strange);
        });
        try (var reader = reader(model)) {
            model.awaitComplete();
        }

        assertThat(model.query("SELECT topic FROM unreadable_records ORDER BY topic"))
                .containsExactly(
                        topics.settings().topics().name(TopicCatalogue.DISCREPANCIES),
                        topics.settings().topics().name(TopicCatalogue.ORDERS),
                        topics.settings().topics().name(TopicCatalogue.PAYMENTS));
        assertThat(model.query("SELECT expected FROM discrepancies"))
                .containsExactly("nul \ufffd, quote ' and \\ and \ud83d\ude00");
    }

    @Test
    void killed_at_any_moment_it_ends_with_the_rows_of_a_fresh_build() throws Exception {
        var random = new Random(42);
        var writing = CompletableFuture.runAsync(() -> IntStream.range(0, 100).forEach(seed -> {
            if (seed % 5 == 0) {
                topics.abort(() -> topics.writeOneOfEach(new AnyRecord(10_000 + seed)));
            }
            topics.commit(() -> topics.writeOneOfEach(new AnyRecord(seed)));
        }));
        var reader = reader(model);
        for (var kill = 1; kill <= 10; kill++) {
            var next = metrics.records() + random.nextInt(80);
            assertThat(Polling.upTo(PATIENCE).until(() -> metrics.records() >= next || writing.isDone()))
                    .isTrue();
            if (kill == 5) {
                PostgresUnderTest.shared().server().killHard();
                PostgresUnderTest.shared().server().restart();
            } else if (kill % 3 == 0) {
                var other = reader(model); // another process takes over from one that hangs
                model.cutWriter();
                reader.close();
                reader = other;
            } else {
                model.cutWriter();
            }
        }
        writing.get();
        model.awaitComplete();
        reader.close();

        try (var fresh = ReadModel.create(ModelReaderIT.class);
                var again = reader(fresh)) {
            fresh.awaitComplete();
            assertThat(model.rows()).isEqualTo(fresh.rows());
        }
    }

    @Test
    void of_two_readers_one_writes_and_the_other_takes_over() {
        var order = new AnyRecord(3).of(Order.class);
        topics.commit(() -> topics.write(TopicCatalogue.ORDERS, "o_1", named(order, "o_1")));
        try (var first = reader(model)) {
            model.awaitComplete();
            try (var second = reader(model)) {
                first.close();
                topics.commit(() -> topics.write(TopicCatalogue.ORDERS, "o_2", named(order, "o_2")));
                model.awaitComplete();
            }
        }
        assertThat(model.query("SELECT order_id FROM orders ORDER BY 1")).containsExactly("o_1", "o_2");
    }
}

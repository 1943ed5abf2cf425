package ipn.query;

import static ipn.query.AnyRecord.set;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.EntitlementEvent;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.LedgerEntry;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.avro.SeenEvent;
import ipn.avro.Totals;
import ipn.settings.Settings;
import ipn.topics.TopicCatalogue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures: how fast the tables are built, how large they are, and how long questions take, with many payments. The size is
 * {@code -Dquery.payments}.
 */
@Tag("long")
class QuestionLatencyIT {
    private static final int PAYMENTS = Integer.getInteger("query.payments", 100_000);
    private static final int USERS = PAYMENTS / 5;
    private static final int KINDS = 1_000;
    private static final int ASKED = 300;
    /** A multiple of the partitions: each gets as many notifications of each transaction. */
    private static final int BATCH = 1_000;

    private static final int PARTITIONS = 8;
    private static final byte[] NOTIFICATION =
            "{\"any\":\"%s\"}".formatted("n".repeat(900)).getBytes(UTF_8);
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    /** Of each table, for a payment. */
    private static final String SIZES = """
            SELECT relname || ': ' || pg_table_size(oid) / %1$d || ' bytes a payment, indexes ' || pg_indexes_size(oid) / %1$d
            FROM pg_class WHERE relkind = 'r' AND relnamespace = 'ipn'::regnamespace AND pg_total_relation_size(oid) > 20 * %1$d
            ORDER BY pg_total_relation_size(oid) DESC
            """.formatted(PAYMENTS);

    private final Random random = new Random(7);

    @Test
    void questions_are_answered_in_milliseconds() throws Exception {
        try (var topics = PipelineTopics.create(QuestionLatencyIT.class, PARTITIONS);
                var model = ReadModel.create(QuestionLatencyIT.class)) {
            write(topics);
            var settings = new QuerySettings(
                    QuerySettings.from(Settings.parse("query: {port: 0, rate-limit: 100000}"))
                            .listen(),
                    model.settings());
            var built = Rebuild.run(settings, topics.settings(), Clock.systemUTC(), step -> {});
            System.out.printf(
                    "built: %,d records in %,d ms, %,d a second; %s bytes, %d a payment%n",
                    built.records(),
                    built.elapsed().toMillis(),
                    built.perSecond(),
                    size(model),
                    Long.parseLong(size(model)) / PAYMENTS);
            model.query(SIZES).forEach(System.out::println);
            try (var stage = settings.start(topics.settings(), new SimpleMeterRegistry())) {
                model.awaitComplete();
                measure(stage, "payment", n -> "/v1/payments/stripe/main/pi_" + n);
                measure(stage, "charge", n -> "/v1/payments?charge=ch_" + n);
                measure(stage, "event", n -> "/v1/payments?event=evt_" + n);
                measure(stage, "user", n -> "/v1/users/u_" + n % USERS);
                measure(stage, "search user", n -> "/v1/search?user=u_" + n % USERS);
                measure(stage, "search amount", n -> "/v1/search?amount=" + amount(n) + "&currency=USD");
                measure(stage, "search time", n -> "/v1/search?status=COMPLETED&from=" + FIRST.plusSeconds(n));
                measure(stage, "beginning of an id", n -> "/v1/records?from=payment-search&id=pi_" + n);
                measure(stage, "ledger", n -> "/v1/ledger?limit=50");
                measure(stage, "explain user", n -> "/v1/explain?user=u_" + n % USERS);
                measure(stage, "explain payment", n -> "/v1/explain?payment=stripe/main/pi_" + n);
            }
        }
    }

    private static long amount(int n) {
        return 100 + n % 5_000;
    }

    private static void write(PipelineTopics topics) {
        var kinds = IntStream.range(0, KINDS).mapToObj(Records::of).toList();
        for (var from = 0; from < PAYMENTS; from += BATCH) {
            var first = from;
            topics.commit(() -> {
                for (var n = first; n < Math.min(PAYMENTS, first + BATCH); n++) {
                    kinds.get(n % KINDS).write(topics, n);
                }
            });
        }
    }

    /** Records whose other fields are random; those that questions name are set for each payment. */
    private record Records(
            PaymentState payment, FactRow fact, Outcome outcome, EntitlementEvent event, LedgerEntry entry) {
        static Records of(int seed) {
            var any = new AnyRecord(seed);
            var records = new Records(
                    any.of(PaymentState.class),
                    any.of(FactRow.class),
                    any.of(Outcome.class),
                    any.of(EntitlementEvent.class),
                    any.of(LedgerEntry.class));
            set(records.payment, "gateway", "stripe");
            set(records.fact, "kind", FactKind.CAPTURED);
            set(records.outcome, "raw", null);
            // shared by all payments of this kind otherwise
            set(records.payment, "links", List.of());
            set(records.event, "order", null);
            return records;
        }

        void write(PipelineTopics topics, int n) {
            var key = "stripe/main/pi_" + n;
            var user = "u_" + n % USERS;
            topics.writeBytes(TopicCatalogue.RAW, n % PARTITIONS, key, NOTIFICATION);
            var raw = topics.settings().topics().name(TopicCatalogue.RAW);
            set(payment, "paymentKey", key);
            set(payment, "references", Map.of("subject", user));
            set(payment, "totals", List.of(new Totals("USD", amount(n), amount(n), 0L, 0L, 0L, 0L)));
            set(payment, "events", List.of(new SeenEvent("stripe/main/evt_" + n, FIRST, "f")));
            set(fact, "id", "ch_" + n);
            set(fact, "firstAt", FIRST.plusSeconds(n));
            set(payment, "facts", List.of(fact));
            topics.write(TopicCatalogue.PAYMENTS, key, payment);
            set(outcome, "paymentKey", key);
            set(outcome, "payment", payment);
            set(outcome.getSource(), "topic", raw);
            set(outcome.getSource(), "partition", n % PARTITIONS);
            set(outcome.getSource(), "offset", offset(n));
            topics.write(TopicCatalogue.OUTCOMES, key, outcome);
            set(event, "eventId", user + "/premium//" + n);
            set(event, "subject", user);
            set(event, "paymentKey", key);
            set(event.getCause(), "topic", raw);
            set(event.getCause(), "partition", n % PARTITIONS);
            set(event.getCause(), "offset", offset(n));
            topics.write(TopicCatalogue.ENTITLEMENTS, user, event);
            set(entry, "entryId", key + "/1");
            set(entry, "paymentKey", key);
            topics.write(TopicCatalogue.LEDGER, key, entry);
        }
    }

    /** Where the notification of a payment is in its partition; each transaction before it has left a marker. */
    private static long offset(int n) {
        return n / PARTITIONS + n / BATCH;
    }

    private static String size(ReadModel model) {
        return model.query("SELECT pg_database_size(current_database())").get(0);
    }

    private void measure(QueryStage stage, String name, IntFunction<String> question) throws Exception {
        var client = HttpClient.newHttpClient();
        var nanos = new long[ASKED];
        for (var i = -ASKED / 3; i < ASKED; i++) {
            var uri = URI.create("http://127.0.0.1:" + stage.port() + question.apply(random.nextInt(PAYMENTS)));
            var startedAt = System.nanoTime();
            var response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            if (i >= 0) {
                nanos[i] = System.nanoTime() - startedAt;
            }
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-15s p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
                name, nanos[ASKED / 2] / 1e6, nanos[ASKED * 95 / 100] / 1e6, nanos[ASKED * 99 / 100] / 1e6);
    }
}

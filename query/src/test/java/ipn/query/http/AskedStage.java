package ipn.query.http;

import static ipn.query.AnyRecord.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.Decision;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.avro.Entitlement;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.SeenEvent;
import ipn.avro.Totals;
import ipn.query.AnyRecord;
import ipn.query.PipelineTopics;
import ipn.query.QuerySettings;
import ipn.query.QueryStage;
import ipn.query.ReadModel;
import ipn.settings.Settings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The whole stage with some payments, asked over HTTP.
 *
 * @param model its tables, seen from outside
 */
record AskedStage(PipelineTopics topics, ReadModel model, QuerySettings settings, QueryStage stage)
        implements AutoCloseable {
    static final int PAYMENTS = 25;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

    static AskedStage start(Class<?> test) {
        var topics = PipelineTopics.create(test, 2);
        var model = ReadModel.create(test);
        var settings = new QuerySettings(
                QuerySettings.from(Settings.parse("query: {port: 0, rate-limit: 100000}"))
                        .listen(),
                model.settings());
        topics.commit(() -> {
            IntStream.range(0, PAYMENTS).forEach(n -> writePayment(topics, n));
            topics.write(TopicCatalogue.ORDERS, "o_3", order());
            topics.writeDeadLetter("dl_1", "stripe/main/pi_3", 2);
            topics.write(TopicCatalogue.DECISIONS, "o_3", decision());
            moveDiscrepancy(topics);
        });
        var stage = settings.start(topics.settings(), new SimpleMeterRegistry());
        model.awaitComplete();
        return new AskedStage(topics, model, settings, stage);
    }

    /** Payment n of user n, one each minute, n dollars; every third is without a user but has an order. */
    private static void writePayment(PipelineTopics topics, int n) {
        var any = new AnyRecord(n);
        var key = "stripe/main/pi_" + n;
        var payment = any.of(PaymentState.class);
        set(payment, "paymentKey", key);
        set(payment, "gateway", "stripe");
        set(payment, "status", n % 2 == 0 ? PaymentStatus.COMPLETED : PaymentStatus.FAILED);
        set(payment, "references", references(n));
        set(payment, "skus", List.of());
        set(payment, "links", List.of());
        set(payment, "totals", List.of(new Totals("USD", 0L, n * 100L, 0L, 0L, 0L, 0L)));
        set(payment, "events", List.of(new SeenEvent("stripe/main/evt_" + n, FIRST, "f")));
        payment.getFacts().clear();
        var fact = any.of(FactRow.class);
        set(fact, "kind", FactKind.CAPTURED);
        set(fact, "id", "ch_" + n);
        set(fact, "firstAt", FIRST.plusSeconds(60L * n));
        set(fact, "text", null);
        payment.getFacts().add(fact);
        topics.write(TopicCatalogue.PAYMENTS, key, payment);
        var outcome = any.of(Outcome.class);
        set(outcome, "paymentKey", key);
        set(outcome.getSource(), "offset", (long) n);
        topics.write(TopicCatalogue.OUTCOMES, key, outcome);
        var discrepancy = any.of(Discrepancy.class);
        set(discrepancy, "discrepancyId", "UNDERPAID/" + key);
        set(discrepancy, "paymentKey", key);
        set(discrepancy, "subject", "u_" + n);
        set(discrepancy, "order", null);
        set(discrepancy, "state", DiscrepancyState.OPEN);
        topics.write(TopicCatalogue.DISCREPANCIES, key, discrepancy);
        var entitlement = any.of(Entitlement.class);
        set(entitlement.getLast(), "subject", "u_" + n);
        set(entitlement.getLast(), "paymentKey", key);
        topics.write(TopicCatalogue.ENTITLEMENT_STATE, "u_" + n + "/premium", entitlement);
        var notification = any.of(NotificationCommand.class);
        set(notification, "notificationId", "n_" + n);
        set(notification, "subject", "u_" + n);
        topics.write(TopicCatalogue.NOTIFICATIONS, "u_" + n, notification);
    }

    private static Map<String, String> references(int n) {
        return n % 3 == 0
                ? Map.of("order", "o_" + n)
                : n == 8
                        ? Map.of("subject", "ada@example.com", "reference", "Birthday present of Ada Lovelace")
                        : Map.of("subject", "u_" + n);
    }

    private static Decision decision() {
        var decision = new AnyRecord(5).of(Decision.class);
        set(decision, "decisionId", "d_3");
        set(decision, "about", "o_3");
        set(decision, "by", "ada");
        return decision;
    }

    /** Its order became known: it is closed under its own key, and open under that of the order. */
    private static void moveDiscrepancy(PipelineTopics topics) {
        var any = new AnyRecord(9);
        var moved = any.of(Discrepancy.class);
        set(moved, "discrepancyId", "UNDERPAID/stripe/main/pi_9");
        set(moved, "paymentKey", "stripe/main/pi_9");
        set(moved, "subject", "u_9");
        set(moved, "order", "o_9");
        set(moved, "at", Instant.parse("2030-01-01T00:00:00Z"));
        set(moved, "state", DiscrepancyState.OPEN);
        for (var key : List.of("o_9", "o_91", "o_92", "o_93")) { // at least one of another partition
            topics.write(TopicCatalogue.DISCREPANCIES, key, moved);
        }
        set(moved, "state", DiscrepancyState.CLOSED);
        topics.write(TopicCatalogue.DISCREPANCIES, "stripe/main/pi_9", moved);
    }

    private static Order order() {
        var order = new AnyRecord(3).of(Order.class);
        set(order, "orderId", "o_3");
        set(order, "subject", "u_3");
        return order;
    }

    HttpResponse<String> send(HttpRequest.Builder request, String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + stage.port() + path);
        return CLIENT.send(request.uri(uri).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(), path);
    }

    /** An answer. */
    JsonNode ask(String path) throws IOException, InterruptedException {
        var response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        var answer = JSON.readTree(response.body());
        assertThat(Instant.parse(answer.path("as_of").asText())).isAfter(FIRST);
        assertThat(answer.path("age_ms").asLong()).isBetween(0L, 60_000L);
        return answer;
    }

    /** Sends a path as it is, which a client would not; returns the response with its head. */
    String raw(String path, String host) throws IOException {
        try (var socket = new Socket("127.0.0.1", stage.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nhost: %s\r\nconnection: close\r\n\r\n"
                            .formatted(path, host)
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        stage.close();
        model.close();
        topics.close();
    }
}

package ipn.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.embedded.EmbeddedRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.polling.Polling;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage as it runs, with a broker and a registry. */
class AccessStageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void what_is_committed_is_answered_over_http() throws Exception {
        var servers = KafkaUnderTest.shared().bootstrapServers();
        var topics = KafkaUnderTest.shared().createTopics(AccessStageIT.class, 2);
        try (var registry = EmbeddedRegistry.start(folder.resolve("schemas.json"), 0)) {
            var kafka = new KafkaSettings(
                    Map.of("bootstrap.servers", servers), Map.of("schema.registry.url", registry.url()), topics);
            write(kafka, "u_42");
            var config = AccessConfig.from(Settings.parse("access: {port: 0}"), folder);
            var meters = new SimpleMeterRegistry();
            try (var stage = AccessStage.start(config, kafka, meters)) {
                assertThat(Polling.upTo(PATIENCE).until(stage::ready)).isTrue();
                var answer = ask(stage.port());
                assertThat(answer.getBoolean("allowed")).isTrue();
                assertThat(answer.getString("decidedBy")).isEqualTo("stripe/main/in_1");
                assertThat(meters.get("ipn.access.entries").gauge().value()).isEqualTo(1);
                assertThat(meters.get("ipn.access.data.age.seconds").gauge().value())
                        .isLessThan(30);
                assertThat(meters.get("ipn.access.answers")
                                .tag("status", "ACTIVE")
                                .counter()
                                .count())
                        .isEqualTo(1);
                assertThat(Polling.upTo(PATIENCE).until(() -> stage.note().isEmpty()))
                        .as("orders are loaded too")
                        .isTrue();
                assertThat(putOrder(stage.port())).isEqualTo(201);
                assertThat(putOrder(stage.port())).isEqualTo(200);
            }
        }
        assertThat(folder.resolve("access").resolve("entitlements")).isNotEmptyFile();
    }

    private static int putOrder(int port) throws IOException, InterruptedException {
        var order = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/orders/o_1".formatted(port)))
                .header("content-type", "application/json")
                .header("idempotency-key", "k_1")
                .PUT(
                        BodyPublishers.ofString(
                                "{\"subject\":\"u\",\"product\":\"p\",\"amount\":8,\"currency\":\"USD\",\"createdAt\":\"2026-09-01T12:00:00Z\",\"live\":true}"));
        return HttpClient.newHttpClient()
                .send(order.build(), BodyHandlers.ofString())
                .statusCode();
    }

    private static JsonObject ask(int port) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:%d/v1/access/u_42/premium?max-age=30".formatted(port));
        var response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    private static void write(KafkaSettings kafka, String subject) throws Exception {
        try (var producer = new KafkaProducer<>(
                kafka.client(), new StringSerializer(), kafka.serdes().serializer(Entitlement.class))) {
            var topic = kafka.topics().name(TopicCatalogue.ENTITLEMENT_STATE);
            var state = new Entitlement(event(subject), null);
            producer.send(new ProducerRecord<>(topic, subject + "/premium", state))
                    .get();
        }
    }

    private static EntitlementEvent event(String subject) {
        return EntitlementEvent.newBuilder()
                .setEventId(subject + "/premium//1")
                .setType(EntitlementEventType.GRANTED)
                .setSubject(subject)
                .setEntitlement("premium")
                .setRevision(1)
                .setStatus(EntitlementStatus.ACTIVE)
                .setReason(AccessReason.PAID)
                .setPaymentKey("stripe/main/in_1")
                .setTest(false)
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false))
                .setPolicyVersion("p")
                .setDecidedAt(Instant.EPOCH)
                .build();
    }
}

package ipn.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import ipn.avro.DeadLetterDecision;
import ipn.avro.DeadLetterStatus;
import ipn.avro.DisputeStatus;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.RecordPosition;
import ipn.serde.AvroSerdes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedRegistryTest {
    private static final String ONE =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}";
    private static final String TWO =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"},"
                    + "{\"name\":\"b\",\"type\":[\"null\",\"string\"],\"default\":null}]}";
    private static final String BREAKING =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"string\"}]}";

    @TempDir
    Path folder;

    private EmbeddedRegistry registry;

    @BeforeEach
    void start() {
        registry = EmbeddedRegistry.start(folder.resolve("schemas.json"), 0);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Nested
    class Confluents_own_client {
        @Test
        void writes_and_reads_our_records_over_a_restart_by_ids_that_stay() throws Exception {
            var outcome = outcome();
            byte[] wire;
            try (var serializer = serdes().serializer(Outcome.class)) {
                wire = serializer.serialize("ipn.outcomes", outcome);
            }
            assertThat(wire).startsWith(0, 0, 0, 0, 1);

            restart();

            try (var deserializer = serdes().deserializer(Outcome.class)) {
                assertThat(deserializer.deserialize("ipn.outcomes", wire)).isEqualTo(outcome);
            }
            try (var serializer = serdes().serializer(Outcome.class);
                    var other = serdes().serializer(DeadLetterStatus.class)) {
                assertThat(serializer.serialize("ipn.outcomes", outcome)).isEqualTo(wire);
                assertThat(other.serialize("ipn.dlq-status", status())).startsWith(0, 0, 0, 0, 2);
            }
        }

        @Test
        void gets_the_same_id_for_the_same_schema_under_another_subject() throws Exception {
            var client = client();
            var first = client.register("a-value", new AvroSchema(ONE));
            assertThat(client.register("b-value", new AvroSchema(ONE))).isEqualTo(first);
            assertThat(client.register("a-value", new AvroSchema(TWO))).isNotEqualTo(first);

            assertThat(client.getAllSubjects()).containsExactly("a-value", "b-value");
            assertThat(client.getAllVersions("a-value")).containsExactly(1, 2);
            assertThat(client.getLatestSchemaMetadata("a-value").getVersion()).isEqualTo(2);
            assertThat(client.getSchemaMetadata("a-value", 1).getId()).isEqualTo(first);
            assertThat(client.getVersion("b-value", new AvroSchema(ONE))).isEqualTo(1);
            assertThat(client.getAllSubjectsById(first)).containsExactlyInAnyOrder("a-value", "b-value");
        }

        @Test
        void hears_409_for_a_schema_that_an_earlier_one_cannot_live_with_and_nothing_changes() throws Exception {
            var client = client();
            client.register("a-value", new AvroSchema(ONE));

            assertThat(client.testCompatibility("a-value", new AvroSchema(TWO))).isTrue();
            assertThat(client.testCompatibility("a-value", new AvroSchema(BREAKING)))
                    .isFalse();
            assertThatThrownBy(() -> client.register("a-value", new AvroSchema(BREAKING)))
                    .isInstanceOfSatisfying(RestClientException.class, refusal -> {
                        assertThat(refusal.getStatus()).isEqualTo(409);
                        assertThat(refusal.getErrorCode()).isEqualTo(409);
                    })
                    .hasMessageContaining("incompatible with an earlier schema");
            assertThat(client.getAllVersions("a-value")).containsExactly(1);
        }

        @Test
        void can_use_a_subject_with_characters_a_path_must_escape() throws Exception {
            var client = client();
            client.register("a/b c+d-value", new AvroSchema(ONE));
            assertThat(client.getAllSubjects()).containsExactly("a/b c+d-value");
            assertThat(client.getLatestSchemaMetadata("a/b c+d-value").getVersion())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0} {1} -> {3} {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /                                       |                         | 200 |",
                "GET    | /schemas/types                          |                         | 200 |",
                "GET    | /config                                 |                         | 200 |",
                "GET    | /config/a-value                         |                         | 404 | 40408",
                "GET    | /config/a-value?defaultToGlobal=true    |                         | 200 |",
                "PUT    | /config/a-value                         | {'compatibility':'FULL_TRANSITIVE'} | 200 |",
                "PUT    | /config/a-value                         | {'compatibility':'NONE'} | 422 | 42203",
                "GET    | /nowhere                                |                         | 404 | 404",
                "DELETE | /subjects/a-value                       |                         | 405 | 405",
                "GET    | /subjects/none/versions                 |                         | 404 | 40401",
                "GET    | /subjects/none/versions/1               |                         | 404 | 40401",
                "POST   | /subjects/none                          | {'schema':'\"string\"'} | 404 | 40401",
                "POST   | /subjects/a-value                       | {'schema':'\"string\"'} | 404 | 40403",
                "POST   | /subjects/a-value                       | {'schema':'\"int\"'}    | 200 |",
                "GET    | /subjects/a-value/versions/latest       |                         | 200 |",
                "GET    | /subjects/a-value/versions/-1           |                         | 200 |",
                "GET    | /subjects/a-value/versions/1/schema     |                         | 200 |",
                "GET    | /subjects/a-value/versions/2            |                         | 404 | 40402",
                "GET    | /subjects/a-value/versions/0            |                         | 422 | 42202",
                "GET    | /subjects/a-value/versions/two          |                         | 422 | 42202",
                "GET    | /schemas/ids/1                          |                         | 200 |",
                "GET    | /schemas/ids/1/schema                   |                         | 200 |",
                "GET    | /schemas/ids/1/versions                 |                         | 200 |",
                "GET    | /schemas/ids/2                          |                         | 404 | 40403",
                "POST   | /subjects/a-value/versions              | {'schema':'{]'}         | 422 | 42201",
                "POST   | /subjects/a-value/versions              | {'schema':'\"str\"'}    | 422 | 42201",
                "POST   | /subjects/a-value/versions              | {}                      | 422 | 42201",
                "POST   | /subjects/a-value/versions              | {'schema':'{}','schemaType':'JSON'} | 422 | 42201",
                "POST   | /subjects/a-value/versions              | {                       | 400 | 400",
                "POST   | /compatibility/subjects/a-value/versions/9 | {'schema':'\"int\"'} | 404 | 40402",
            })
    void answers_as_confluents_registry_would(String method, String path, String body, int status, Integer code)
            throws Exception {
        client().register("a-value", new AvroSchema("\"int\""));

        var answer = call(
                method, path, body == null ? "" : body.replace("\"", "\\\"").replace('\'', '"'));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/vnd.schemaregistry.v1+json");
        if (code != null) {
            var error = json(answer);
            assertThat(error.path("error_code").asInt()).isEqualTo(code);
            assertThat(error.path("message").asText()).isNotEmpty();
        }
    }

    @Test
    void a_body_without_an_end_is_refused() throws Exception {
        var answer = call("POST", "/subjects/a-value/versions", " ".repeat(1024 * 1024 + 1));
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void a_schema_of_any_layout_is_one_schema() throws Exception {
        client().register("a-value", new AvroSchema(ONE));
        var spaced = new ObjectMapper()
                .writeValueAsString(Map.of("schema", ONE.replace(",", " ,\n ").replace(":", " : ")));
        assertThat(json(call("POST", "/subjects/a-value/versions", spaced))
                        .path("id")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void a_file_that_makes_no_sense_stops_the_start_rather_than_giving_ids_anew() throws Exception {
        var file = folder.resolve("broken.json");
        Files.writeString(file, "[{\"subject\":");
        assertThatThrownBy(() -> EmbeddedRegistry.start(file, 0))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("broken.json cannot be read (expected: ");
    }

    @Test
    void a_port_in_use_is_refused_with_what_to_do() {
        var port = URI.create(registry.url()).getPort();
        assertThatThrownBy(() -> EmbeddedRegistry.start(folder.resolve("other.json"), port))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageStartingWith("port " + port + ": already in use (expected: a free port");
    }

    private void restart() {
        registry.close();
        registry = EmbeddedRegistry.start(folder.resolve("schemas.json"), 0);
    }

    private AvroSerdes serdes() {
        return AvroSerdes.of(Map.of("schema.registry.url", registry.url()));
    }

    private CachedSchemaRegistryClient client() {
        return new CachedSchemaRegistryClient(registry.url(), 100);
    }

    private HttpResponse<byte[]> call(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(registry.url() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body());
    }

    private static DeadLetterStatus status() {
        return DeadLetterStatus.newBuilder()
                .setDeadLetterId("id")
                .setStatus(DeadLetterDecision.DISCARDED)
                .setAttempts(1)
                .setBy("somebody")
                .setAt(Instant.EPOCH)
                .build();
    }

    private static Outcome outcome() {
        return Outcome.newBuilder()
                .setKind(OutcomeKind.APPLIED)
                .setPaymentKey("stripe/main/pi_1")
                .setEventKey("stripe/main/evt_1")
                .setGateway("stripe")
                .setAccount("main")
                .setEventType("payment_intent.succeeded")
                .setReceivedAt(Instant.parse("2026-01-02T03:04:05.678Z"))
                .setSource(new RecordPosition("ipn.raw", 3, 42L))
                .setPayment(PaymentState.newBuilder()
                        .setPaymentKey("stripe/main/pi_1")
                        .setGateway("stripe")
                        .setAccount("main")
                        .setLive(true)
                        .setStatus(PaymentStatus.COMPLETED)
                        .setDisputeStatus(DisputeStatus.NONE)
                        .setFraudFlagged(false)
                        .setTotals(java.util.List.of())
                        .setReferences(Map.of("order", "o_1"))
                        .setFacts(java.util.List.of())
                        .setEvents(java.util.List.of())
                        .build())
                .build();
    }
}

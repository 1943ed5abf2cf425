package ipn.app.readmodel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import ipn.embedded.KafkaUnderTest;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.Progress;
import ipn.settings.Secret;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From what a command answers, whatever the query stage says. */
class AnsweringIT {
    private static final Instant COMPLETE = Instant.parse("2026-11-30T10:00:00Z");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private KafkaSettings kafka;
    private HttpServer stage;
    private volatile int status = 200;
    private volatile String cluster = "";
    private volatile long ageMs;
    private volatile String found = "[]";

    @BeforeEach
    void start() throws Exception {
        var broker = KafkaUnderTest.shared();
        kafka = new KafkaSettings(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("schema.registry.url", "mock://answering"),
                broker.createTopics(getClass(), 1));
        try (var admin = Admin.create(kafka.client())) {
            cluster = admin.describeCluster().clusterId().get();
        }
        stage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stage.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("authorization"))
                    .ifPresent(tokens::add);
            var answer = status != 200
                    ? "{\"code\":\"NOT_AUTHENTIC\"}"
                    : exchange.getRequestURI().getPath().equals("/v1/model") ? model() : records();
            exchange.sendResponseHeaders(status, answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
            exchange.close();
        });
        stage.start();
    }

    @AfterEach
    void stop() {
        stage.stop(0);
    }

    private String model() {
        return "{\"as_of\":\"%s\",\"age_ms\":%d,\"cluster\":\"%s\",\"topics\":{\"payments\":\"%s\"}}"
                .formatted(COMPLETE, ageMs, cluster, kafka.topics().name(TopicCatalogue.PAYMENTS));
    }

    private String records() {
        return "{\"as_of\":\"%s\",\"age_ms\":%d,\"known\":true,\"records\":%s}".formatted(COMPLETE, ageMs, found);
    }

    private Answering choose(Duration maxAge) {
        var url = URI.create("http://127.0.0.1:" + stage.getAddress().getPort());
        var token = new Secret("test", new Secret.Value("a-token"), Optional.empty());
        return Answering.choose(kafka, new QueryAddress(Optional.of(url), Optional.of(token)), maxAge);
    }

    @Test
    void the_read_model_answers_if_it_has_everything_from_before_the_command() {
        assertThat(choose(Duration.ZERO).line())
                .isEqualTo("answered from the read model, complete as of 2026-11-30T10:00:00Z");
        assertThat(tokens).containsOnly("Bearer a-token");
    }

    @Test
    void one_that_stays_behind_is_left_unless_its_age_is_accepted() {
        ageMs = 42_000;
        assertThat(choose(Duration.ZERO).line())
                .startsWith("read from the topics: query at http://127.0.0.1:")
                .endsWith(" is 42 s behind (--max-age accepts older answers)");
        assertThat(choose(Duration.ofMinutes(1)).line())
                .isEqualTo(
                        "answered from the read model, complete as of 2026-11-30T10:00:00Z, 42 s before the command");
    }

    @Test
    void one_of_another_kafka_is_not_asked() {
        cluster = "another";
        assertThat(choose(Duration.ZERO).line()).endsWith(" reads another Kafka");
    }

    @Test
    void one_that_refuses_or_cannot_be_reached_is_named() throws IOException {
        status = 401;
        assertThat(choose(Duration.ZERO).line()).endsWith(" answers 401 (NOT_AUTHENTIC)");
        stage.stop(0);
        assertThat(choose(Duration.ZERO).line()).endsWith(" cannot be reached");
        assertThat(Answering.choose(kafka, new QueryAddress(Optional.empty(), Optional.empty()), Duration.ZERO)
                        .line())
                .isEqualTo("read from the topics: query.url is not set, and no query runs on --data");
    }

    @Test
    void values_are_named_in_as_many_requests_as_it_takes_and_topics_that_it_does_not_have_are_read_in_full() {
        var answering = choose(Duration.ZERO);
        var payments = kafka.topics().name(TopicCatalogue.PAYMENTS);
        var keys = new ArrayList<String>();
        for (var n = 0; n < 500; n++) {
            keys.add("stripe/main/pi_" + n + "&x=\u00e9");
        }
        try (var reader = answering.source().open()) {
            reader.find(Lookup.of("payments", payments).any(Lookup.KEY, keys), Progress.SILENT, record -> {});
            assertThat(answering.line()).doesNotContain("in full");
            reader.find(
                    Lookup.of("orders", kafka.topics().name(TopicCatalogue.ORDERS))
                            .any(Lookup.KEY, keys),
                    Progress.SILENT,
                    record -> {});
        }
        assertThat(asked).hasSizeBetween(4, 20).allMatch(path -> path.length() < 8_000);
        assertThat(asked.get(1)).startsWith("/v1/records?from=payments&key=stripe%2Fmain%2Fpi_");
        assertThat(answering.line())
                .endsWith("; read in full: " + kafka.topics().name(TopicCatalogue.ORDERS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://query.example.com",
                "ftp://127.0.0.1",
                "https://user:word@query.example.com",
                "https://query.example.com?x=1",
                "a b",
                "https:///x"
            })
    void an_address_that_would_show_the_token_is_a_problem_of_the_settings(String url) {
        var settings = Settings.parse("query: {url: \"" + url + "\"}");
        var unused = QueryAddress.from(settings, Path.of("none"));
        assertThatThrownBy(() -> settings.problems().throwIfAny())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("query.url")
                .hasMessageNotContaining("word");
    }

    @Test
    void without_settings_it_is_the_usual_port_of_this_machine() {
        assertThat(QueryAddress.from(Settings.empty(), Path.of("none")).url())
                .contains(URI.create("http://127.0.0.1:8085"));
        assertThat(QueryAddress.from(Settings.parse("query: {url: \"https://query.example.com/\"}"), Path.of("none"))
                        .url())
                .contains(URI.create("https://query.example.com"));
    }
}

package ipn.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import ipn.avro.Order;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that gives every request one answer. */
class SchemaCheckTest {
    private static final List<TopicSchema> SCHEMAS =
            TopicSchema.of(TopicCatalogue.defaults(), Set.of(TopicCatalogue.ORDERS, TopicCatalogue.RAW));

    private final List<String> paths = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status;
    private volatile String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            paths.add(exchange.getRequestURI().getPath());
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"401, 40101", "403, 40301"})
    void a_registry_that_denies_access_stops_the_start(int denied, int code) {
        answer(denied, "{\"error_code\": %d, \"message\": \"the-registrys-own-text\"}".formatted(code));

        assertThatThrownBy(this::require)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("schema-registry.url: " + url() + " denies access with status " + denied)
                .hasMessageContaining("schema-registry.basic.auth.user.info")
                .hasMessageNotContaining("the-registrys-own-text");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void an_unavailable_registry_proves_nothing(int unavailable) {
        answer(unavailable, "<html>");

        require();

        assertThat(paths).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void one_that_closes_connections_without_an_answer_is_unavailable(String scheme) throws Exception {
        var accepted = new AtomicInteger();
        try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> {
                while (!socket.isClosed()) {
                    try (var connection = socket.accept()) {
                        accepted.incrementAndGet();
                    } catch (IOException e) {
                        return; // it closes
                    }
                }
            });
            thread.start();

            require(scheme + "://127.0.0.1:" + socket.getLocalPort());
        }
        assertThat(accepted).hasPositiveValue();
    }

    @Test
    void what_is_no_registry_stops_the_start() {
        answer(200, "<html>welcome</html>");
        assertThatThrownBy(this::require)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("did not give a usable answer");

        answer(404, "<html>nothing here</html>");
        assertThatThrownBy(this::require)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("answers with status 404 (expected: a schema registry at this URL)");
    }

    @Test
    void a_missing_schema_is_named_and_only_avro_topics_are_looked_up() {
        answer(404, "{\"error_code\": 40401, \"message\": \"no subject\"}");

        assertThatThrownBy(this::require)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("missing: ipn.orders-value)");
        assertThat(paths).allMatch(path -> path.startsWith("/subjects/ipn.orders-value"));
    }

    @Test
    void a_stage_that_has_started_writes_and_reads_while_the_registry_is_away() {
        var schema = SCHEMAS.stream()
                .filter(each -> each.subject().equals("ipn.orders-value"))
                .findFirst()
                .orElseThrow();
        answer(
                200,
                "{\"subject\": \"ipn.orders-value\", \"version\": 1, \"id\": 7, \"schema\": %s}"
                        .formatted(TextNode.valueOf(schema.schema().toString())));
        var kafka = require();
        var asked = paths.size();
        server.stop(0);

        var order = Order.newBuilder()
                .setOrderId("order-1")
                .setSubject("user-1")
                .setProduct("premium")
                .setAmount(800)
                .setCurrency("USD")
                .setCreatedAt(Instant.parse("2026-01-01T00:00:00Z"))
                .setLive(false)
                .build();
        try (var values = kafka.serdes().values(Order.class)) {
            var bytes = values.serializer().serialize("ipn.orders", order);
            assertThat(values.deserializer().deserialize("ipn.orders", bytes)).isEqualTo(order);
        }
        assertThat(asked).isPositive();
    }

    private void answer(int withStatus, String withBody) {
        status = withStatus;
        body = withBody;
    }

    private KafkaSettings require() {
        return require(url());
    }

    private static KafkaSettings require(String url) {
        var settings = Settings.parse("schema-registry: {max.retries: 0}", Map.of(), Path.of(""));
        return SchemaCheck.require(KafkaSettings.from(settings, "127.0.0.1:1", url), SCHEMAS);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}

package ipn.access;

import static ipn.access.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import ipn.access.order.OrderRoutes;
import ipn.access.order.Orders.Outcome;
import ipn.avro.Order;
import ipn.client.AccessKey;
import ipn.client.AccessStatus;
import ipn.client.testkit.FakeAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema.Field;
import org.junit.jupiter.api.Test;

/** The server and docs/access.yaml. */
class OpenApiTest {
    private static final JsonNode DOCUMENT = read();
    private static final Instant END = Instant.parse("2026-12-22T00:00:00Z");

    @Test
    void every_route_is_documented_and_no_other() {
        var vertx = Vertx.vertx();
        try {
            var router = Router.router(vertx);
            new AccessRoutes(new FakeAccess(), Optional.empty(), URI.create("http://127.0.0.1")).mount(router);
            new OrderRoutes((order, caller, key) -> CompletableFuture.completedFuture(Outcome.CREATED)).mount(router);
            var routes = new TreeSet<String>();
            router.getRoutes().forEach(route -> routes.add(route.methods() + " " + route.getPath()));

            var documented = new TreeSet<String>();
            DOCUMENT.get("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .fieldNames()
                            .forEachRemaining(method -> documented.add("[" + method.toUpperCase(Locale.ROOT) + "] "
                                    + path.getKey().replaceAll("\\{(\\w+)}", ":$1"))));
            assertThat(routes).isEqualTo(documented);
        } finally {
            var unused = vertx.close();
        }
    }

    @Test
    void answers_have_the_documented_fields() {
        var access = new FakeAccess().grace("u_1", "premium", END, END).setTime(END);
        access.decide(AccessKey.of("u_1", "promotion", "post_7"), granted -> granted);
        try (var served = Served.of(access)) {
            for (var path : new String[] {
                "/v1/access/u_1/premium", "/v1/access/u_2/premium", "/v1/access/u_1/promotion?scope=post_7"
            }) {
                assertFields(json(served.get(path)), "Answer");
            }
            assertFields(
                    json(served.post("/ofrep/v1/evaluate/flags/premium", "{\"context\":{\"targetingKey\":\"u_1\"}}")),
                    "Flag");
            assertFields(json(served.get("/v1/access/u_1?limit=x")), "Problem");
        }
    }

    @Test
    void an_order_has_the_fields_of_the_contract() {
        var documented = DOCUMENT.at("/components/schemas/Order");
        assertThat(documented.get("properties").properties().stream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(Order.getClassSchema().getFields().stream()
                        .map(Field::name)
                        .toList());
    }

    @Test
    void every_reference_leads_somewhere() {
        assertThat(DOCUMENT.findValues("$ref"))
                .isNotEmpty()
                .extracting(JsonNode::asText)
                .allSatisfy(reference -> assertThat(
                                DOCUMENT.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void the_statuses_are_documented() {
        assertThat(DOCUMENT.at("/components/schemas/Answer/properties/status/enum"))
                .extracting(JsonNode::textValue)
                .containsExactlyElementsOf(
                        Arrays.stream(AccessStatus.values()).map(Enum::name).toList());
    }

    private static void assertFields(JsonObject json, String schema) {
        var documented = DOCUMENT.at("/components/schemas/" + schema);
        assertThat(json.fieldNames())
                .as(schema)
                .containsAll(texts(documented.get("required")).toList())
                .isSubsetOf(documented.get("properties").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::textValue);
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(Path.of("../docs/access.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package ipn.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/asyncapi.yaml} to the code. */
class AsyncApiTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final JsonNode API = read();

    static Stream<TopicSpec> topics() {
        return TopicCatalogue.defaults().specs().stream();
    }

    @Test
    void it_describes_the_topics_of_the_catalogue_and_no_other() {
        assertThat(names(API.path("channels")))
                .containsExactlyElementsOf(topics().map(TopicSpec::name).toList());
        assertThat(names(API.at("/components/messages")))
                .containsExactlyElementsOf(topics().map(TopicSpec::name).toList());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void a_channel_is_as_the_topic_is(TopicSpec topic) {
        var channel = API.path("channels").path(topic.name());
        var catalogue = TopicCatalogue.defaults();
        var kafka = channel.at("/bindings/kafka");
        var configs = topic.configs();

        assertThat(channel.path("address").asText()).isEqualTo(catalogue.name(topic.name()));
        assertThat(channel.path("description").asText()).isNotBlank();
        assertThat(channel.path("x-record-timestamp").asText()).isEqualTo(configs.get("message.timestamp.type"));
        assertThat(kafka.path("partitions").asInt()).isEqualTo(catalogue.partitions());
        assertThat(kafka.path("replicas").asInt()).isEqualTo(catalogue.replication());
        assertThat(kafka.at("/topicConfiguration/cleanup.policy/0").asText()).isEqualTo(configs.get("cleanup.policy"));
        assertThat(kafka.at("/topicConfiguration/retention.ms").asText(""))
                .isEqualTo(configs.get("retention.ms") == null ? "" : configs.get("retention.ms"));
        assertThat(kafka.at("/topicConfiguration/max.message.bytes").asText())
                .isEqualTo(configs.get("max.message.bytes"));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void a_message_has_the_key_and_the_value_of_the_topic(TopicSpec topic) {
        var reference = "#/components/messages/" + topic.name();
        assertThat(API.at("/channels/" + topic.name() + "/messages/" + topic.name() + "/$ref")
                        .asText())
                .isEqualTo(reference);
        var message = resolve(reference);

        assertThat(message.at("/bindings/kafka/key/description").asText()).isEqualTo(topic.key());
        if (topic.value().equals("bytes")) {
            assertThat(message.at("/payload/format").asText()).isEqualTo("binary");
        } else {
            assertThat(message.path("name").asText()).isEqualTo(topic.value());
            assertThat(message.at("/payload/schemaFormat").asText()).startsWith("application/vnd.apache.avro;");
            var file = DOCS.resolve(message.at("/payload/schema/$ref").asText()).normalize();
            assertThat(file.getFileName().toString()).isEqualTo(topic.value() + ".avsc");
            assertThat(file).exists();
        }
    }

    @Test
    void raw_records_orders_and_dead_letters_have_the_headers_of_the_code() throws Exception {
        Predicate<String> ofDeadLetters = name -> name.startsWith("ipn.dlq.") || name.startsWith("__streams.errors.");
        var all = headers();
        all.remove(Headers.HTTP_PREFIX);
        var ofOrders = Set.of(Headers.WRITTEN_BY, Headers.IDEMPOTENCY_KEY);
        assertThat(names(resolve("#/components/schemas/orderOverHttp").path("properties")))
                .containsExactlyInAnyOrderElementsOf(ofOrders);
        all.removeAll(ofOrders);

        var raw = resolve("#/components/schemas/rawRecord");
        assertThat(names(raw.path("properties")))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().filter(ofDeadLetters.negate()).toList());
        assertThat(names(raw.path("patternProperties")))
                .singleElement()
                .satisfies(pattern -> assertThat(Headers.HTTP_PREFIX + "any").containsPattern(pattern));
        assertThat(names(resolve("#/components/schemas/deadLetter").at("/allOf/1/properties")))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().filter(ofDeadLetters).toList());
    }

    @Test
    void every_reference_leads_somewhere_and_every_topic_has_a_writer() {
        assertThat(API.findValuesAsText("$ref"))
                .filteredOn(reference -> reference.startsWith("#"))
                .hasSizeGreaterThan(20)
                .allSatisfy(reference ->
                        assertThat(resolve(reference).isMissingNode()).isFalse());
        var written = new TreeSet<String>();
        API.path("operations").forEach(operation -> {
            if (operation.path("action").asText().equals("send")) {
                written.add(operation.at("/channel/$ref").asText().replace("#/channels/", ""));
            }
        });
        assertThat(written).containsExactlyInAnyOrderElementsOf(names(API.path("channels")));
    }

    private static Set<String> headers() throws IllegalAccessException {
        var names = new TreeSet<String>();
        for (var field : Headers.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                names.add((String) field.get(null));
            }
        }
        return names;
    }

    private static JsonNode resolve(String reference) {
        return API.at(reference.substring(1));
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(Files.readString(DOCS.resolve("asyncapi.yaml")));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package ipn.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import ipn.query.IndexedTopics;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description has exactly the questions, parameters and parts that there are. */
class OpenApiTest {
    private static final KafkaSettings KAFKA = new KafkaSettings(Map.of(), Map.of(), TopicCatalogue.defaults());

    private final JsonNode description = read();

    private static JsonNode read() {
        try (var yaml = OpenApiTest.class.getResourceAsStream("/ipn/query/openapi.yaml")) {
            return new ObjectMapper(new YAMLFactory()).readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void has_every_question() {
        var paths = new HashSet<>(Set.of("/openapi.yaml", "/v1/explain", "/v1/model", "/v1/records"));
        Listings.ALL.forEach(listing -> paths.add(listing.path()));
        Wholes.ALL.forEach(whole -> paths.add(whole.path() + "{" + whole.parameter() + "}"));

        assertThat(description.path("paths").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(paths);
    }

    @Test
    void has_every_parameter_of_a_list() {
        for (var listing : Listings.ALL) {
            var names = new ArrayList<>(
                    listing.filters().stream().map(Filter::parameter).toList());
            names.addAll(List.of(ListQuestion.LIMIT, ListQuestion.CURSOR));
            var parameters = get(listing.path()).path("parameters");
            var documented = new ArrayList<String>();
            parameters.forEach(
                    each -> documented.add(resolved(each).path("name").asText()));
            assertThat(documented).as(listing.path()).containsExactlyElementsOf(names);
            assertThat(properties(listing.path()).has(listing.name())).isTrue();
        }
    }

    @Test
    void has_every_parameter_of_an_explanation() {
        var documented = new ArrayList<String>();
        get(ExplainQuestion.PATH)
                .path("parameters")
                .forEach(each -> documented.add(each.path("name").asText()));
        assertThat(documented).containsExactlyElementsOf(ExplainQuestion.PARAMETERS);
        assertThat(properties(ExplainQuestion.PATH).has("explanation")).isTrue();
    }

    @Test
    void names_the_terms_of_all_topics() {
        var text = get(RecordsQuestion.PATH)
                .path("parameters")
                .path(2)
                .path("description")
                .asText();
        for (var topic : IndexedTopics.USUAL.names(KAFKA).keySet()) {
            RecordTables.named(topic)
                    .ifPresent(table -> table.terms()
                            .forEach(term -> assertThat(text).containsPattern("\\b" + term.name() + "\\b")));
            Searches.named(topic)
                    .ifPresent(search -> Stream.concat(search.any().keySet().stream(), search.all().keySet().stream())
                            .forEach(term -> assertThat(text).containsPattern("\\b" + term + "\\b")));
            assertThat(Stream.of(RecordTables.named(topic), RecordTables.listing(topic), Searches.named(topic))
                            .filter(Optional::isPresent))
                    .as(topic)
                    .hasSize(1);
        }
    }

    @Test
    void has_every_part_of_an_answer() {
        for (var whole : Wholes.ALL) {
            var documented = new ArrayList<String>();
            properties(whole.path() + "{" + whole.parameter() + "}")
                    .fieldNames()
                    .forEachRemaining(documented::add);
            documented.remove("truncated");
            assertThat(documented)
                    .as(whole.path())
                    .containsExactlyElementsOf(
                            whole.parts().stream().map(WholeQuestion.Part::name).toList());
        }
    }

    private JsonNode get(String path) {
        return description.path("paths").path(path).path("get");
    }

    private JsonNode properties(String path) {
        return get(path).at("/responses/200/content/application~1json/schema/allOf/1/properties");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? description.at(node.path("$ref").asText().substring(1)) : node;
    }
}

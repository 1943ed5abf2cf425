package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ipn.ingress.http.ErrorResponse;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenApiTest {
    private static final String PATH = "/ipn/{gateway}/{account}";

    @ParameterizedTest
    @EnumSource(ErrorResponse.class)
    void every_answer_is_documented(ErrorResponse answer) {
        var documented = OpenApi.response(PATH, "post", answer.status());
        assertThat(documented.path("description").asText()).isNotBlank();
        assertThat(OpenApi.constant(documented.at("/content/application~1problem+json/schema")))
                .isEqualTo(answer.body());
        var headers = documented.path("headers").properties().stream()
                .map(each -> each.getKey())
                .collect(Collectors.toSet());
        assertThat(headers.contains("Retry-After")).isEqualTo(answer.hasRetryAfter());
        assertThat(headers.contains("Allow")).isEqualTo(answer == ErrorResponse.METHOD_NOT_ALLOWED);
    }

    @Test
    void every_documented_answer_is_given() {
        var given = Arrays.stream(ErrorResponse.values())
                .map(answer -> Integer.toString(answer.status()))
                .collect(Collectors.toCollection(TreeSet::new));
        given.add("2XX");
        assertThat(OpenApi.statuses(PATH, "post")).containsExactlyInAnyOrderElementsOf(given);
    }

    @Test
    void only_what_is_served_is_documented() {
        var paths = OpenApi.DOCUMENT.path("paths").properties().stream()
                .map(each -> each.getKey())
                .collect(Collectors.toSet());
        assertThat(paths).isEqualTo(Set.of(PATH, "/health/live", "/health/ready", "/metrics"));
    }

    @Test
    void every_reference_leads_somewhere() {
        assertThat(OpenApi.DOCUMENT.findValues("$ref"))
                .isNotEmpty()
                .extracting(JsonNode::asText)
                .allSatisfy(reference -> assertThat(
                                OpenApi.DOCUMENT.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }
}

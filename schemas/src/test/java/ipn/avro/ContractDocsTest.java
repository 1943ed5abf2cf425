package ipn.avro;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractDocsTest {
    static List<String> records() {
        return Contracts.names();
    }

    @ParameterizedTest
    @MethodSource("records")
    void every_record_and_every_field_says_what_it_means(String record) throws Exception {
        var bare = new ArrayList<String>();
        undocumented(record, file(record), bare);
        assertThat(bare).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("records")
    void no_amount_is_a_floating_point_number(String record) throws Exception {
        assertThat(file(record).toString()).doesNotContain("\"double\"").doesNotContain("\"float\"");
    }

    private static JsonNode file(String record) throws Exception {
        return new ObjectMapper().readTree(Files.readString(Contracts.NOW.resolve(record + ".avsc")));
    }

    private static void undocumented(String at, JsonNode node, List<String> bare) {
        var named = node.path("type").asText().equals("record") || node.has("name");
        if (node.isObject() && named && node.path("doc").asText().isBlank()) {
            bare.add(at);
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(each ->
                            undocumented(at + "." + node.path("name").asText(each.getKey()), each.getValue(), bare));
        } else if (node.isArray()) {
            node.forEach(each -> undocumented(at, each, bare));
        }
    }
}

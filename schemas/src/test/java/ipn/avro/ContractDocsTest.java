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
    static List<String> contracts() {
        return Contracts.names();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void every_record_every_field_and_every_enum_has_a_description(String contract) throws Exception {
        var bare = new ArrayList<String>();
        undocumented(contract, file(contract), bare);
        assertThat(bare).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void no_amount_is_a_floating_point_number(String contract) throws Exception {
        assertThat(file(contract).toString()).doesNotContain("\"double\"").doesNotContain("\"float\"");
    }

    private static JsonNode file(String contract) throws Exception {
        return new ObjectMapper().readTree(Files.readString(Contracts.NOW.resolve(contract + ".avsc")));
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

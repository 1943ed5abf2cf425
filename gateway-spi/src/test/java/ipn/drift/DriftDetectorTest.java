package ipn.drift;

import static ipn.drift.Acme.findings;
import static ipn.drift.Acme.says;
import static ipn.drift.Finding.Kind.MISSING_FIELD;
import static ipn.drift.Finding.Kind.NEW_FIELD;
import static ipn.drift.Finding.Kind.TYPE_CHANGED;
import static ipn.drift.Finding.Kind.UNKNOWN_API_VERSION;
import static ipn.drift.Finding.Kind.UNKNOWN_EVENT_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Item;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriftDetectorTest {
    private static final List<String> SHAPE = List.of(
            "# of a gateway that never was",
            "version /v 1 2",
            "free /meta /extra",
            "always /amount /id",
            "always-fetched /found",
            "optional text|number /tip /id",
            "optional object /lines/*/discount",
            "ignored ping.known",
            "unsampled moved",
            "event paid",
            "  /amount number|text",
            "  /id text",
            "  /lines list",
            "  /lines/* object",
            "  /lines/*/sku text",
            "  /meta object",
            "  /note any",
            "  /taxes list",
            "  /v text");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'v':'1','id':'a','amount':1}",
                "{'v':'2','id':'a','amount':'1','lines':[{'sku':'x'},{}],'note':7}",
                "{'id':'a','amount':1,'meta':{'whatever':{'they':'like'}},'lines':null}",
                "{'id':'a','amount':1,'extra':{'not':'in a sample'}}",
                "{'id':7,'amount':1,'tip':'2','lines':[{'discount':{'rate':1}}]}",
                "{'id':'a','amount':1,'taxes':[{'rate':1},'x',[2]]}"
            })
    void what_is_as_it_was_is_no_finding(String json) {
        assertThat(found("paid", json)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':'a','amount':1,'fee':2}                      | /fee",
                "{'id':'a','amount':1,'payer':{'name':{'a':1}}}     | /payer",
                "{'id':'a','amount':1,'lines':[{},{'tax':[1,2]}]}   | /lines/*/tax"
            })
    void a_new_field_is_told_once_at_its_top(String json, String field) {
        assertThat(found("paid", json)).containsExactly(new Finding(NEW_FIELD, field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':{},'amount':1}                       | /id",
                "{'id':'a','amount':1,'tip':{}}             | /tip",
                "{'id':'a','amount':{}}                     | /amount",
                "{'id':'a','amount':1,'lines':{}}           | /lines",
                "{'id':'a','amount':1,'lines':[{'sku':1}]}  | /lines/*/sku"
            })
    void another_type_is_told(String json, String field) {
        assertThat(found("paid", json)).containsExactly(new Finding(TYPE_CHANGED, field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'id':'a'}", "{'id':'a','amount':null}"})
    void what_was_always_there_and_is_not_is_told(String json) {
        assertThat(found("paid", json)).containsExactly(new Finding(MISSING_FIELD, "/amount"));
    }

    @Test
    void an_event_type_nobody_knows_is_told_where_it_is_ignored() {
        assertThat(found("ping.new", "{}")).containsExactly(new Finding(UNKNOWN_EVENT_TYPE, ""));
        assertThat(found("ping.known", "{}")).isEmpty();
        assertThat(found("moved", "{'whatever':1}")).isEmpty();
        assertThat(found("refused", "{}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "2026-09-01.fir, 2026-09-01.fir", "odd one, ?", "'', ?"})
    void a_version_nobody_knows_is_told_and_an_odd_one_not_repeated(String version, String told) {
        assertThat(found("paid", "{'id':'a','amount':1,'v':'" + version + "'}"))
                .containsExactly(new Finding(UNKNOWN_API_VERSION, told));
    }

    @Test
    void a_version_may_stand_in_a_header() {
        var shape = List.of("version header:acme-version 1", "event paid", "  /id text");
        var delivery = says("{\"id\":\"a\"}", Map.of("acme-version", List.of("9")));
        assertThat(findings(shape, "paid", delivery)).containsExactly(new Finding(UNKNOWN_API_VERSION, "9"));
    }

    @Test
    void the_name_of_an_odd_field_is_not_repeated() {
        assertThat(found("paid", "{'id':'a','amount':1,'jane@example.com':1}"))
                .containsExactly(new Finding(NEW_FIELD, "/?"));
        assertThat(found("paid", "{'id':'a','amount':1,'who pays':1}")).containsExactly(new Finding(NEW_FIELD, "/?"));
        assertThat(found("paid", "{'id':'a','amount':1,'" + "x".repeat(61) + "':1}"))
                .containsExactly(new Finding(NEW_FIELD, "/?"));
    }

    @Test
    void another_thing_altogether_is_not_described_in_full() {
        var fields = IntStream.range(0, 5_000).mapToObj(i -> "'f" + i + "':1").collect(Collectors.joining(","));
        assertThat(found("paid", "{" + fields + "}")).hasSize(20);
    }

    @Test
    void of_a_gateway_without_a_shape_and_of_what_cannot_be_read_nothing_is_told() {
        var item = new Item(0, "acme/main/1", "acme/main/e", "ping.new");
        assertThat(new DriftDetector(Map.of()).findings(new Acme(), says("{}"), item))
                .isEmpty();
        assertThat(found("paid", "{'id':")).isEmpty();
    }

    @Test
    void only_a_known_type_may_name_a_series() {
        var detector = new DriftDetector(Map.of(Acme.NAME, KnownSchema.parse(SHAPE)));
        assertThat(detector.knownType(Acme.NAME, "paid")).isEqualTo("paid");
        assertThat(detector.knownType(Acme.NAME, "ping.known")).isEqualTo("ping.known");
        assertThat(detector.knownType(Acme.NAME, "moved")).isEqualTo("moved");
        assertThat(detector.knownType(Acme.NAME, "made.up")).isEqualTo("other");
        assertThat(detector.knownType("nobody", "paid")).isEqualTo("other");
    }

    private static List<Finding> found(String type, String json) {
        return findings(SHAPE, type, says(json.replace('\'', '"')));
    }
}

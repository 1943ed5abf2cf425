package ipn.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyLinesTest {
    private static final String YAML = """
            # accounts
            gateways:
              stripe:
                main:
                  secrets:
                    - env:NEW
                    - {secret: env:OLD,
                       until: 2026-12-01T00:00:00Z}
                    - env:THIRD
                  mode: live
              paypal: {main: {mode: test}}
            kafka: {bootstrap.servers: "broker:9092"}
            """;

    @ParameterizedTest
    @CsvSource({
        "gateways, 2",
        "gateways.stripe.main.secrets[0], 6",
        "gateways.stripe.main.secrets[1], 7",
        "gateways.stripe.main.secrets[1].until, 8",
        "gateways.stripe.main.secrets[2], 9",
        "gateways.stripe.main.mode, 10",
        "gateways.paypal.main.mode, 11",
        "kafka.bootstrap.servers, 12",
        "'line 7, column 3', 7"
    })
    void each_key_has_its_line(String key, int line) {
        assertThat(KeyLines.of(YAML).lineOf(key)).hasValue(line);
    }

    @Test
    void a_missing_key_has_the_line_of_its_section_and_an_unknown_one_none() {
        assertThat(KeyLines.of(YAML).lineOf("gateways.stripe.main.account")).hasValue(4);
        assertThat(KeyLines.of(YAML).lineOf("ingress.port")).isEmpty();
        assertThat(KeyLines.of("").lineOf("ingress.port")).isEmpty();
    }

    @Test
    void text_that_is_not_yaml_has_the_lines_before_the_mistake() {
        assertThat(KeyLines.of("a: 1\nb: [\nc: }").lineOf("a")).hasValue(1);
    }
}

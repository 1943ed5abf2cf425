package ipn.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private enum Mode {
        LIVE,
        DRY_RUN
    }

    @Test
    void defaults() {
        var settings = Settings.empty();

        assertThat(settings.text("a")).isEmpty();
        assertThat(settings.text("a", "x")).isEqualTo("x");
        assertThat(settings.integer("b", 7, 1, 9)).isEqualTo(7);
        assertThat(settings.flag("c", true)).isTrue();
        assertThat(settings.duration("d", Duration.ofSeconds(5), Duration.ofSeconds(9)))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.choice("e", Mode.class, Mode.LIVE)).isEqualTo(Mode.LIVE);
        assertThat(settings.optionalChoice("e", Mode.class)).isEmpty();
        assertThat(settings.list("f")).isEmpty();
        assertThat(settings.map("g")).isEmpty();
        assertThat(settings.passThrough("h")).isEmpty();
        assertThat(settings.in("i").names()).isEmpty();
        assertThat(settings.has("j")).isFalse();
        settings.verify();
    }

    @Test
    void every_kind_of_key() {
        var settings = yaml("""
                part:
                  text: hello
                  integer: 9
                  flag: false
                  duration: PT3S
                  choice: dry-run
                  list: [a, 2]
                  one: a
                  map: {USD: 800, EUR: 900}
                  nested: {x: {y: 1}}
                kafka: {bootstrap.servers: "broker:9092", security: {protocol: SSL}}
                """);
        var part = settings.in("part");

        assertThat(part.required("text", "a text")).isEqualTo("hello");
        assertThat(part.integer("integer", 1, 1, 9)).isEqualTo(9);
        assertThat(part.flag("flag", true)).isFalse();
        assertThat(part.duration("duration", Duration.ZERO, Duration.ofSeconds(3)))
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(part.choice("choice", Mode.class, Mode.LIVE)).isEqualTo(Mode.DRY_RUN);
        assertThat(part.list("list")).containsExactly("a", "2");
        assertThat(part.list("one")).containsExactly("a");
        assertThat(part.map("map")).containsExactly(Map.entry("USD", "800"), Map.entry("EUR", "900"));
        assertThat(part.has("nested")).isTrue();
        assertThat(part.in("nested").names()).containsExactly("x");
        assertThat(part.in("nested").in("x").text("y")).contains("1");
        assertThat(settings.passThrough("kafka"))
                .isEqualTo(Map.of("bootstrap.servers", "broker:9092", "security.protocol", "SSL"));
        settings.verify();
    }

    @Test
    void says_everything_that_is_wrong_at_once() {
        var settings = yaml("""
                port: 99999
                size: many
                flag: maybe
                wait: soon
                long: PT2H
                mode: loud
                value: {a: 1}
                list: [{a: 1}]
                map: 5
                kafka: broker:9092
                section: 3
                prot: 1
                """);
        settings.integer("port", 8080, 1, 65_535);
        settings.integer("size", 1, 1, 10);
        settings.flag("flag", true);
        settings.duration("wait", Duration.ZERO, Duration.ofSeconds(30));
        settings.duration("long", Duration.ZERO, Duration.ofHours(1));
        settings.choice("mode", Mode.class, Mode.LIVE);
        settings.text("value");
        settings.list("list");
        settings.map("map");
        settings.passThrough("kafka");
        settings.in("section").names();
        settings.required("name", "a name");

        assertThat(problemsOf(settings))
                .containsExactly(
                        "flag: maybe (expected: true or false)",
                        "kafka: broker:9092 (expected: a map of keys)",
                        "list: a map in it (expected: a list of single values)",
                        "long: PT2H (expected: a duration up to PT1H, e.g. PT5S)",
                        "map: 5 (expected: a map of keys)",
                        "mode: loud (expected: live or dry-run)",
                        "name: missing (expected: a name)",
                        "port: 99999 (expected: a whole number from 1 to 65535)",
                        "prot: unknown (expected: one of flag, kafka, list, long, map, mode, name, port, section, size, value,"
                                + " wait)",
                        "section: 3 (expected: a map of keys)",
                        "size: many (expected: a whole number from 1 to 10)",
                        "value: a map (expected: one value)",
                        "wait: soon (expected: a duration up to PT30S, e.g. PT5S)");
    }

    @Nested
    class The_environment {
        @Test
        void overrides_every_kind_of_key() {
            var settings = Settings.parse(
                    """
                    ingress: {port: 1, flag: true, list: [a]}
                    products: {premium: {prices: {USD: 800}}}
                    kafka: {bootstrap.servers: a}
                    """,
                    Map.of(
                            "IPN_INGRESS_PORT", "2",
                            "IPN_INGRESS_FLAG", "false",
                            "IPN_INGRESS_LIST", "b, c",
                            "IPN_PRODUCTS_PREMIUM_PRICES_USD", "900",
                            "IPN_KAFKA_BOOTSTRAP_SERVERS", "b",
                            "IPN_KAFKA_SECURITY_PROTOCOL", "SSL",
                            "PATH", "/bin"),
                    Path.of(""));

            assertThat(settings.in("ingress").integer("port", 0, 0, 9)).isEqualTo(2);
            assertThat(settings.in("ingress").flag("flag", true)).isFalse();
            assertThat(settings.in("ingress").list("list")).containsExactly("b", "c");
            assertThat(settings.in("products").in("premium").map("prices")).isEqualTo(Map.of("USD", "900"));
            assertThat(settings.passThrough("kafka"))
                    .isEqualTo(Map.of("bootstrap.servers", "b", "security.protocol", "SSL"));
            settings.verify();
        }

        @Test
        void replaces_values_of_a_map_but_not_of_a_list_of_maps() {
            var environment = Map.of("IPN_PRICES_USD", "900");
            var map = Settings.parse("prices: {USD: 800}", environment, Path.of(""));
            assertThat(map.maps("prices")).containsExactly(Map.of("USD", "900"));
            map.verify();
            var list = Settings.parse("prices: [{USD: 800}]", environment, Path.of(""));
            assertThat(list.maps("prices")).containsExactly(Map.of("USD", "800"));
            assertThat(problemsOf(list)).singleElement().asString().startsWith("IPN_PRICES_USD: unknown variable");
        }

        @Test
        void is_held_to_the_same_rules_and_may_not_hold_what_nobody_knows() {
            var settings =
                    Settings.parse("", Map.of("IPN_PORT", "x", "IPN_PROT", "1", "IPN_CONFIG", "ipn.yaml"), Path.of(""));
            settings.integer("port", 1, 1, 9);

            assertThat(problemsOf(settings))
                    .containsExactly(
                            "IPN_PROT: unknown variable (expected: IPN_ and a key in capitals, e.g. IPN_INGRESS_PORT)",
                            "port: x (expected: a whole number from 1 to 9)");
        }
    }

    @Nested
    class What_nobody_asked_for {
        @Test
        void is_named_with_its_known_siblings() {
            var settings = yaml("gateways: {stripe: {main: {mode: live, secretz: x}}}");
            var main = settings.in("gateways").in("stripe").in("main");
            main.text("mode");
            main.list("secrets");

            assertThat(problemsOf(settings))
                    .containsExactly("gateways.stripe.main.secretz: unknown (expected: one of mode, secrets)");
        }

        @Test
        void is_named_once_at_the_level_where_it_left_the_known() {
            var settings = yaml("ingres: {a: {b: 1, c: 2}}");
            settings.in("ingress").integer("port", 1, 1, 9);

            assertThat(problemsOf(settings)).containsExactly("ingres: unknown (expected: one of ingress)");
        }

        @Test
        void is_also_a_key_with_a_dot_that_would_never_be_read() {
            var settings = yaml("ingress.port: 9000");
            settings.in("ingress").integer("port", 1, 1, 9);

            assertThat(problemsOf(settings))
                    .containsExactly(
                            "ingress.port: a dot inside a key (expected: one key below the other, without dots)");
        }

        @Test
        void is_not_what_lies_below_a_name_with_a_dot() {
            var settings = yaml("gateways: {stripe: {eu.main: {mode: live, mod: x}}}");
            var stripe = settings.in("gateways").in("stripe");
            assertThat(stripe.names()).containsExactly("eu.main");
            assertThat(stripe.in("eu.main").text("mode")).contains("live");

            assertThat(problemsOf(settings))
                    .containsExactly("gateways.stripe.eu.main.mod: unknown (expected: one of mode)");
        }

        @Test
        void is_not_a_known_section_that_is_empty() {
            var settings = yaml("gateways:\nproducts: {}\nother:\n");
            settings.in("gateways").names();
            settings.in("products").names();
            settings.text("x");

            assertThat(problemsOf(settings)).singleElement().asString().startsWith("other: unknown");
        }
    }

    @Nested
    class A_file {
        @TempDir
        Path folder;

        @Test
        void that_is_not_there_says_where_an_example_is() {
            assertThatThrownBy(() -> Settings.load(folder.resolve("none.yaml"), Map.of()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("none.yaml: cannot be read (expected: a YAML file, see ipn.example.yaml)");
        }

        @Test
        void that_is_not_yaml_says_where() {
            refused(
                    "a: 1\nb: [",
                    problem -> assertThat(problem).startsWith("line ").contains("not YAML"));
            refused("- a", problem -> assertThat(problem).startsWith("the file: not a map of keys"));
            refused(
                    "a: 1\na: 2",
                    problem -> assertThat(problem).startsWith("line 2").contains("Duplicate field 'a'"));
            refused("a: 1\n---\nb: 2", problem -> assertThat(problem).contains("not YAML"));
        }

        @Test
        void is_what_relative_paths_of_secrets_are_relative_to() throws Exception {
            Files.writeString(folder.resolve("secret"), "0123456789abcdef\n");
            Files.writeString(folder.resolve("ipn.yaml"), "secrets: 'file:secret'");

            var secrets = Settings.load(folder.resolve("ipn.yaml"), Map.of()).secrets("secrets", false, 16);

            assertThat(secrets).extracting(Secret::text).isEqualTo(List.of("0123456789abcdef"));
        }

        private void refused(String yaml, Consumer<String> expectation) {
            assertThatThrownBy(() -> yaml(yaml))
                    .isInstanceOfSatisfying(
                            SettingsException.class,
                            refusal -> assertThat(refusal.problems())
                                    .singleElement()
                                    .satisfies(expectation));
        }
    }

    private static Settings yaml(String text) {
        return Settings.parse(text, Map.of(), Path.of(""));
    }

    static List<String> problemsOf(Settings settings) {
        try {
            settings.verify();
            return List.of();
        } catch (SettingsException e) {
            return e.problems();
        }
    }
}

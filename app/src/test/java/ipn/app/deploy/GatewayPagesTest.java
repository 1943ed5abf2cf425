package ipn.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Gateway;
import ipn.gateway.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the table "Lines" on the page of each gateway with the tests it names, and with the words a payer can write there. */
class GatewayPagesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String WORDS = "who can write which word";
    private static final List<String> REQUIRED =
            List.of("line", WORDS, "switch", "discount", "trial", "credit", "partial reversal");

    private static final Pattern SECTION =
            Pattern.compile("(?ms)^## Lines: what was sold, and who can write what$(.*?)^## ");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+?) \\| (.+) \\| (.+?) \\|$");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+Test)`");
    private static final Pattern NAME = Pattern.compile("`(?:([A-Z]\\w+))?\\.?([a-z]\\w+_\\w+)?`");
    private static final Pattern METHOD = Pattern.compile("void (\\w+)\\(");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    private static final Map<String, Set<String>> METHODS = new TreeMap<>();

    /** A row of the table. */
    private record Row(String what, String reported, String tests) {}

    @BeforeAll
    static void read_the_tests() throws IOException {
        try (var modules = Files.list(ROOT)) {
            for (var folder : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                readTests(folder);
            }
        }
    }

    private static void readTests(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith("Test.java")).toList()) {
                var name = file.getFileName().toString().replace(".java", "");
                METHODS.computeIfAbsent(name, none -> new HashSet<>())
                        .addAll(METHOD.matcher(Files.readString(file))
                                .results()
                                .map(method -> method.group(1))
                                .toList());
            }
        }
    }

    /** The gateways of this project: examples may be on the class path too. */
    static Stream<String> gateways() {
        return ServiceLoader.load(Gateway.class).stream()
                .filter(gateway -> gateway.type().getPackageName().startsWith("ipn.gateway."))
                .map(gateway -> gateway.get().name())
                .sorted();
    }

    @Test
    void all_gateways_are_checked() {
        assertThat(gateways()).hasSizeGreaterThanOrEqualTo(14);
        assertThat(METHODS).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void each_page_says_what_each_part_of_a_line_looks_like(String gateway) {
        assertThat(rows(gateway).stream().flatMap(row -> Stream.of(row.what().split(", "))))
                .containsAll(REQUIRED);
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void each_page_says_when_the_gateway_gives_up(String gateway) {
        var text = ServiceLoader.load(Gateway.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(gateway))
                .map(each -> each.retries().text())
                .toList();
        assertThat(page(gateway).lines()).containsAll(text);
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void each_row_names_tests_that_exist(String gateway) {
        var ofSection = CLASS.matcher(section(gateway)).results().findFirst().map(found -> found.group(1));
        for (var row : rows(gateway)) {
            var named = tests(row, ofSection.orElse("none"));
            assertThat(named)
                    .as("%s, %s: tests", gateway, row.what())
                    .isNotEmpty()
                    .allSatisfy((test, methods) -> {
                        assertThat(methods).as(test).isNotEmpty();
                        assertThat(METHODS.getOrDefault(test, Set.of()))
                                .as(test)
                                .containsAll(methods);
                    });
        }
    }

    /** The named methods by class: a name without a class is of the class before it in the cell, or of the section. */
    private static Map<String, List<String>> tests(Row row, String ofSection) {
        var named = new TreeMap<String, List<String>>();
        var last = ofSection;
        for (var name : NAME.matcher(row.tests()).results().toList()) {
            last = name.group(1) == null ? last : name.group(1);
            var methods = named.computeIfAbsent(last, none -> new ArrayList<>());
            if (name.group(2) != null) {
                methods.add(name.group(2));
            }
        }
        return named;
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void the_words_of_the_payer_are_those_of_the_gateway(String gateway) {
        var reported = rows(gateway).stream()
                .filter(row -> row.what().equals(WORDS))
                .map(Row::reported)
                .toList();
        assertThat(reported).hasSize(1);

        var payers = ServiceLoader.load(Gateway.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(gateway))
                .flatMap(each -> each.payerWords().stream())
                .map(Word::key)
                .collect(Collectors.toSet());
        if (payers.isEmpty()) {
            assertThat(reported.get(0)).startsWith("nobody but you");
        } else {
            assertThat(reported.get(0)).startsWith("the payer: ");
            var sentence = reported.get(0).substring(0, reported.get(0).indexOf('.'));
            assertThat(WORD.matcher(sentence).results().map(word -> word.group(1)))
                    .containsExactlyInAnyOrderElementsOf(payers);
        }
    }

    private static List<Row> rows(String gateway) {
        var rows = ROW.matcher(section(gateway))
                .results()
                .map(GatewayPagesTest::row)
                .filter(row -> !row.what().equals("what"))
                .toList();
        assertThat(rows).as("rows of %s", gateway).isNotEmpty();
        return rows;
    }

    private static Row row(MatchResult found) {
        return new Row(found.group(1), found.group(2), found.group(3));
    }

    private static String section(String gateway) {
        return SECTION.matcher(page(gateway))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static String page(String gateway) {
        try {
            return Files.readString(ROOT.resolve("docs/gateways").resolve(gateway + ".md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package ipn.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the table of attacks in {@code docs/security.md} with the tests that it names. */
class SecurityDocumentTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int LAST = 69;

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

    private static final List<MatchResult> ROWS = rows();

    @Test
    void rows_run_from_the_first_to_the_last_without_a_duplicate() {
        var numbers = ROWS.stream().map(row -> Integer.valueOf(row.group(1))).toList();
        assertThat(numbers)
                .startsWith(1)
                .endsWith(LAST)
                .doesNotHaveDuplicates()
                .isSorted()
                .hasSizeGreaterThan(50);
    }

    @Test
    void every_line_that_begins_like_a_row_is_one() {
        assertThat(read().lines().filter(line -> line.matches("\\| *\\d.*"))).hasSameSizeAs(ROWS);
    }

    @Test
    void every_row_names_a_test_that_exists_or_admits_that_there_is_none() throws IOException {
        var tests = tests();
        assertThat(ROWS).allSatisfy(row -> {
            var named = TEST.matcher(row.group(4)).results().map(test -> test.group(1));
            assertThat(named).as("tests of row %s", row.group(1)).isSubsetOf(tests);
            assertThat(row.group(4)).containsPattern(TEST.pattern() + "|no test");
        });
    }

    /** Names of the classes that contain a test; contract tests lie among the main sources of their module. */
    private static Set<String> tests() throws IOException {
        var names = new HashSet<String>();
        try (var folders = Files.list(ROOT)) {
            for (var module : folders.toList()) {
                for (var sources : List.of("src/test/java", "src/main/java")) {
                    collect(module.resolve(sources), names);
                }
            }
        }
        return names;
    }

    private static void collect(Path sources, Set<String> names) throws IOException {
        if (!Files.isDirectory(sources)) {
            return;
        }
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("\\w+(Test|IT)\\.java"))
                    .map(file -> file.replace(".java", ""))
                    .forEach(names::add);
        }
    }

    private static List<MatchResult> rows() {
        return ROW.matcher(read()).results().toList();
    }

    private static String read() {
        try {
            return Files.readString(ROOT.resolve("docs/security.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

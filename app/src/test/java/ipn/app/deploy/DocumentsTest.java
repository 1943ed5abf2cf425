package ipn.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the Markdown documents with the files and classes they name. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "data", "node_modules", "plugins");

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$|^    .*?$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *$");
    private static final Pattern TEST = Pattern.compile("(?<![*\\w])[A-Z][A-Za-z]+(?:Test|IT)(?!\\w)");
    private static final Pattern CODE_LIST = Pattern.compile("(?m)^Code: ([^.]+)\\.");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z]+)`");

    private static final Set<String> SOURCES = sources();

    static List<Path> documents() {
        return files(".md").map(ROOT::relativize).sorted().toList();
    }

    @Test
    void all_documents_are_checked() {
        assertThat(documents())
                .contains(Path.of("README.md"), Path.of("docs", "threat-model.md"), Path.of("gateways", "README.md"))
                .hasSizeGreaterThan(40);
        assertThat(found(LINK)).isGreaterThan(50);
        assertThat(found(TEST)).isGreaterThan(50);
        assertThat(found(CODE_LIST)).isGreaterThan(2);
    }

    private static long found(Pattern pattern) {
        return documents().stream()
                .flatMap(document -> pattern.matcher(prose(document)).results())
                .count();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_relative_link_leads_to_a_file_and_its_heading(Path document) {
        var broken = new ArrayList<String>();
        LINK.matcher(prose(document))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> !leadsSomewhere(document, link))
                .forEach(broken::add);
        assertThat(broken)
                .as("links of %s (expected: relative path of a file, # and a heading)", document)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_test_that_is_named_exists(Path document) {
        assertThat(TEST.matcher(prose(document)).results().map(MatchResult::group))
                .as("tests named in %s (expected: names of classes)", document)
                .isSubsetOf(SOURCES);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_class_listed_as_code_exists(Path document) {
        var listed = CODE_LIST
                .matcher(prose(document))
                .results()
                .flatMap(list -> NAME.matcher(list.group(1)).results())
                .map(name -> name.group(1));
        assertThat(listed)
                .as("classes listed in %s (expected: names of classes)", document)
                .isSubsetOf(SOURCES);
    }

    private static boolean leadsSomewhere(Path document, String link) {
        var hash = link.indexOf('#');
        var path = URLDecoder.decode(hash < 0 ? link : link.substring(0, hash), StandardCharsets.UTF_8);
        var from = ROOT.resolve(document);
        var target = path.isEmpty() ? from : from.resolveSibling(path).normalize();
        return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    /** Anchors as GitHub makes them of headings. */
    private static Set<String> anchors(Path target) {
        return HEADING.matcher(read(target))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** Without blocks of code: these show paths and names of other places. */
    private static String prose(Path document) {
        return CODE_BLOCK.matcher(read(ROOT.resolve(document))).replaceAll("");
    }

    private static Set<String> sources() {
        return files(".java")
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Stream<Path> files(String suffix) {
        var found = new ArrayList<Path>();
        collect(ROOT, suffix, found);
        return found.stream();
    }

    private static void collect(Path folder, String suffix, List<Path> found) {
        try (var entries = Files.list(folder)) {
            for (var entry : entries.toList()) {
                var name = entry.getFileName().toString();
                if (Files.isDirectory(entry) && !NOT_OURS.contains(name)) {
                    collect(entry, suffix, found);
                } else if (name.endsWith(suffix)) {
                    found.add(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

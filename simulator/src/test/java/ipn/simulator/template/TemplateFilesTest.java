package ipn.simulator.template;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The template files that the simulators bring. */
class TemplateFilesTest {
    private static final Path BODIES = Path.of("src/main/resources/ipn/simulator/body");
    private static final Path SOURCES = Path.of("src/main/java");

    static Stream<String> names() throws IOException {
        try (var files = Files.walk(BODIES)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> BODIES.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_template_can_be_read(String name) {
        assertThatCode(() -> load(name)).doesNotThrowAnyException();
    }

    private static Object load(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".json" -> JsonTemplate.load(name);
            case ".xml" -> XmlTemplate.load(name);
            case ".form" -> FormTemplate.load(name, US_ASCII);
            default -> throw new AssertionError(name + ": an unknown kind of template");
        };
    }

    @Test
    void every_template_is_used() throws IOException {
        var sources = sources();
        assertThat(names())
                .hasSizeGreaterThan(14)
                .allSatisfy(name -> assertThat(sources).contains('"' + name + '"'));
    }

    private static String sources() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(TemplateFilesTest::read)
                    .collect(Collectors.joining());
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

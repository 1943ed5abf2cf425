package ipn.confluent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The jar of this module carries Confluent's classes and nothing that another jar of the build carries too. */
class RepackagedJarIT {
    private static final Path TARGET = Path.of("target");

    private final Path jar = built();

    @Test
    void it_carries_confluents_classes_and_no_other_class() throws Exception {
        assertThat(classes(jar)).hasSizeGreaterThan(200).allMatch(name -> name.startsWith("io/confluent/"));
        assertThat(classes(jar))
                .contains(
                        "io/confluent/kafka/serializers/KafkaAvroSerializer.class",
                        "io/confluent/kafka/serializers/KafkaAvroDeserializer.class",
                        "io/confluent/kafka/schemaregistry/client/CachedSchemaRegistryClient.class");
    }

    @Test
    void none_of_its_classes_is_in_a_jar_it_depends_on() throws Exception {
        var libraries = libraries();
        assertThat(libraries)
                .extracting(library -> library.getFileName().toString())
                .anyMatch(name -> name.startsWith("jackson-databind-"))
                .anyMatch(name -> name.startsWith("guava-"))
                .anyMatch(name -> name.startsWith("avro-"))
                .anyMatch(name -> name.startsWith("kafka-clients-"));
        var own = classes(jar);
        for (var library : libraries) {
            assertThat(classes(library)).as(library.toString()).doesNotContainAnyElementsOf(own);
        }
    }

    @Test
    void no_class_refers_to_a_relocated_copy() throws Exception {
        var usingJackson = 0;
        try (var file = new JarFile(jar.toFile())) {
            for (var name : classes(jar)) {
                try (var in = file.getInputStream(file.getEntry(name))) {
                    var text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertThat(text).as(name).doesNotContain("org/apache/pinot", "org.apache.pinot");
                    usingJackson += text.contains("com/fasterxml/jackson") ? 1 : 0;
                }
            }
        }
        assertThat(usingJackson).isGreaterThan(20);
    }

    /** Scanners of jars read these files, because classes do not tell which artifact they come from. */
    @Test
    void it_names_the_artifacts_it_was_made_from() throws Exception {
        var dependencies = Files.readString(TARGET.resolve("confluent/META-INF/DEPENDENCIES"));
        try (var file = new JarFile(jar.toFile())) {
            for (var artifact : List.of(
                    "kafka-avro-serializer",
                    "kafka-schema-serializer",
                    "kafka-schema-registry-client",
                    "common-utils")) {
                var origin = new Properties();
                try (var in = file.getInputStream(
                        file.getEntry("META-INF/maven/io.confluent/" + artifact + "/pom.properties"))) {
                    origin.load(in);
                }
                assertThat(origin).containsEntry("groupId", "io.confluent").containsEntry("artifactId", artifact);
                assertThat(dependencies)
                        .as("what the jar that was unpacked lists")
                        .contains("io.confluent:%s:jar:%s\n".formatted(artifact, origin.get("version")));
            }
        }
    }

    private static Path built() {
        try (var files = Files.list(TARGET)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("ipn-confluent-avro-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("target: no jar (expected: mvn package builds it)"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .filter(entry -> !entry.getFileName().toString().startsWith("ipn-confluent-avro-"))
                .toList();
    }

    private static Set<String> classes(Path path) throws IOException {
        try (var file = new JarFile(path.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}

package ipn.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Confluent's serializer comes in a jar that bundles half the world: none of it may stand beside our own libraries. */
class ClassPathTest {
    @ParameterizedTest(name = "{1} {2}")
    @CsvSource({
        "org/apache/avro/Schema.class,                             avro,             avro.version",
        "com/fasterxml/jackson/databind/ObjectMapper.class,        jackson-databind, jackson.version",
        "com/fasterxml/jackson/core/JsonParser.class,              jackson-core,     jackson.version",
        "com/google/common/cache/CacheBuilder.class,               guava,            guava.version",
        "org/apache/kafka/clients/producer/KafkaProducer.class,    kafka-clients,    kafka.version",
        "org/slf4j/Logger.class,                                   slf4j-api,        slf4j.version",
    })
    void there_is_one_copy_in_the_version_of_the_parent_pom(String type, String library, String property)
            throws Exception {
        assertThat(copies(type)).singleElement().asString().contains(library + "-" + version(property) + ".jar!");
    }

    @Test
    void there_is_one_copy_of_confluents_serializer() throws Exception {
        assertThat(copies("io/confluent/kafka/serializers/KafkaAvroSerializer.class"))
                .hasSize(1);
    }

    @Test
    void no_class_stands_on_the_class_path_twice() throws Exception {
        var seen = new TreeMap<String, String>();
        var twice = new TreeSet<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            for (var type : classesOf(Path.of(entry))) {
                var before = seen.putIfAbsent(type, entry);
                if (before != null && !before.equals(entry)) {
                    twice.add(type + " in " + before + " and " + entry);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(10_000);
        assertThat(twice).isEmpty();
    }

    private static List<String> copies(String type) throws IOException {
        return Collections.list(ClassPathTest.class.getClassLoader().getResources(type)).stream()
                .map(Object::toString)
                .toList();
    }

    private static String version(String property) throws IOException {
        var pom = Files.readString(Path.of("..", "pom.xml"));
        var start = pom.indexOf("<" + property + ">") + property.length() + 2;
        return pom.substring(start, pom.indexOf("</" + property + ">"));
    }

    private static List<String> classesOf(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            try (var files = Files.walk(entry)) {
                return files.map(file -> entry.relativize(file).toString())
                        .filter(ClassPathTest::isOurConcern)
                        .toList();
            }
        }
        try (var jar = new JarFile(entry.toFile())) {
            return jar.stream()
                    .map(file -> file.getName())
                    .filter(ClassPathTest::isOurConcern)
                    .toList();
        }
    }

    private static boolean isOurConcern(String file) {
        return file.endsWith(".class")
                && !file.startsWith("META-INF")
                && !file.endsWith("module-info.class")
                && !file.endsWith("package-info.class");
    }
}

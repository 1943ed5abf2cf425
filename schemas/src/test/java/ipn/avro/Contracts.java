package ipn.avro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** Our Avro records and enums: as they are now; and the records as they were released, each with the enums that it uses. */
final class Contracts {
    static final Path NOW = Path.of("src", "main", "avro");
    private static final Path RELEASED = Path.of("src", "main", "released");

    private Contracts() {}

    /** Names of the records and enums, which have a file each. */
    static List<String> names() {
        return filesOf(NOW).stream()
                .map(file -> file.getFileName().toString().replace(".avsc", ""))
                .toList();
    }

    static List<String> records() {
        return of(Schema.Type.RECORD);
    }

    static List<String> enums() {
        return of(Schema.Type.ENUM);
    }

    private static List<String> of(Schema.Type type) {
        return names().stream().filter(name -> now(name).getType() == type).toList();
    }

    /** As the code has it. */
    static Schema now(String name) {
        try {
            var schema = (Schema)
                    Class.forName("ipn.avro." + name).getField("SCHEMA$").get(null);
            // What only the generated code needs is no part of the contract.
            return new Schema.Parser().parse(schema.toString().replace(",\"avro.java.string\":\"String\"", ""));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Released versions, oldest first, by number. */
    static TreeMap<Integer, Schema> released(String name) {
        var versions = new TreeMap<Integer, Schema>();
        for (var file : filesOf(RELEASED.resolve(name))) {
            var version = Integer.valueOf(file.getFileName().toString().replace(".avsc", ""));
            versions.put(version, parse(file));
        }
        return versions;
    }

    static void release(String name, int version, Schema schema) throws IOException {
        var folder = Files.createDirectories(RELEASED.resolve(name));
        Files.writeString(folder.resolve(version + ".avsc"), schema.toString(true) + "\n");
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> filesOf(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

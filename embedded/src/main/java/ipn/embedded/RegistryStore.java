package ipn.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.serde.FullCompatibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Subjects, versions and ids in one file. An id is on disk before a client gets it, so that no record contains an id that is
 * lost at a restart.
 */
final class RegistryStore {
    private static final int VERSIONS_MAX = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private List<RegisteredSchema> all;

    private RegistryStore(Path file, List<RegisteredSchema> all) {
        this.file = file;
        this.all = all;
    }

    static RegistryStore open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().normalize().getParent());
            var all = Files.exists(file)
                    ? List.of(JSON.readValue(Files.readAllBytes(file), RegisteredSchema[].class))
                    : List.<RegisteredSchema>of();
            return new RegistryStore(file, all);
        } catch (IOException e) {
            throw new EmbeddedException(
                    "schemas: %s cannot be read (expected: the file this registry wrote; keep it, because your records contain its ids)"
                            .formatted(file),
                    e);
        }
    }

    synchronized List<RegisteredSchema> all() {
        return all;
    }

    /** The versions of a subject, oldest first. */
    List<RegisteredSchema> versions(String subject) {
        return all().stream().filter(each -> each.subject().equals(subject)).toList();
    }

    List<RegisteredSchema> withId(int id) {
        return all().stream().filter(each -> each.id() == id).toList();
    }

    Optional<RegisteredSchema> find(String subject, Schema schema) {
        return versions(subject).stream()
                .filter(each -> each.schema().equals(text(schema)))
                .findFirst();
    }

    /** The version of a schema; registers it first if it is new and compatible with all earlier versions. */
    synchronized RegisteredSchema register(String subject, Schema schema) {
        var known = find(subject, schema);
        if (known.isPresent()) {
            return known.get();
        }
        var earlier = versions(subject);
        for (var each : earlier) {
            var problems = FullCompatibility.problems(schema, parse(each.schema()));
            if (!problems.isEmpty()) {
                throw RegistryException.incompatible("version %d: %s".formatted(each.version(), problems));
            }
        }
        if (all.size() == VERSIONS_MAX) {
            throw RegistryException.full(VERSIONS_MAX);
        }
        var fresh = new RegisteredSchema(subject, earlier.size() + 1, idOf(schema), text(schema));
        var more = new ArrayList<>(all);
        more.add(fresh);
        write(more);
        all = List.copyOf(more);
        return fresh;
    }

    private int idOf(Schema schema) {
        return all.stream()
                .filter(each -> each.schema().equals(text(schema)))
                .map(RegisteredSchema::id)
                .findFirst()
                .orElseGet(() ->
                        1 + all.stream().mapToInt(RegisteredSchema::id).max().orElse(0));
    }

    static Schema parse(String schema) {
        try {
            // Twice, because an undefined name is detected only when the written schema is parsed again.
            return new Schema.Parser().parse(new Schema.Parser().parse(schema).toString());
        } catch (AvroRuntimeException | NullPointerException e) {
            throw RegistryException.badSchema(String.valueOf(e.getMessage()));
        }
    }

    /** As text without white space, so that formatting makes no difference. */
    private static String text(Schema schema) {
        return schema.toString();
    }

    private void write(List<RegisteredSchema> schemas) {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(schemas));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

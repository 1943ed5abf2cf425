package ipn.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.EntitlementClaims;
import ipn.avro.FraudFlags;
import ipn.avro.FraudRevisit;
import ipn.avro.OrderAllocation;
import ipn.avro.PartitionBrake;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.avro.StoredDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Every text and every collection in a stored value has a bound: it is in the table of {@code docs/state-bounds.md}. */
class StateBoundsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<Schema> STORED = List.of(
            PaymentState.getClassSchema(),
            PaymentAllocation.getClassSchema(),
            OrderAllocation.getClassSchema(),
            StoredDecision.getClassSchema(),
            EntitlementClaims.getClassSchema(),
            FraudFlags.getClassSchema(),
            FraudRevisit.getClassSchema(),
            PartitionBrake.getClassSchema());
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(\\w+\\.\\w+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern CLASS = Pattern.compile("`(\\w+)`");

    @Test
    void every_text_and_collection_of_a_stored_value_is_in_the_table_and_nothing_else() throws IOException {
        var fields = new TreeSet<String>();
        var seen = new HashSet<String>();
        STORED.forEach(schema -> collect(schema, fields, seen));
        assertThat(fields).hasSizeGreaterThan(50);
        assertThat(rows().stream().map(row -> row.group(1))).containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void classes_and_tests_of_the_table_exist() throws IOException {
        var classes = classes();
        assertThat(rows()).allSatisfy(row -> {
            assertThat(CLASS.matcher(row.group(4)).results().map(name -> name.group(1)))
                    .isNotEmpty()
                    .isSubsetOf(classes);
            var tests = CLASS.matcher(row.group(5))
                    .results()
                    .map(name -> name.group(1))
                    .toList();
            assertThat(tests).isSubsetOf(classes).allMatch(name -> name.endsWith("Test"));
            assertThat(!tests.isEmpty() || row.group(5).equals("a setting"))
                    .as(row.group(1))
                    .isTrue();
        });
    }

    private static void collect(Schema schema, Set<String> fields, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> {
                        if (grows(field.schema())) {
                            fields.add(schema.getName() + "." + field.name());
                        }
                        collect(field.schema(), fields, seen);
                    });
                }
            }
            case ARRAY -> collect(schema.getElementType(), fields, seen);
            case MAP -> collect(schema.getValueType(), fields, seen);
            case UNION -> schema.getTypes().forEach(each -> collect(each, fields, seen));
            default -> {}
        }
    }

    private static boolean grows(Schema schema) {
        return switch (schema.getType()) {
            case STRING, BYTES, ARRAY, MAP -> true;
            case UNION -> schema.getTypes().stream().anyMatch(StateBoundsTest::grows);
            default -> false;
        };
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(ROOT.resolve("docs/state-bounds.md")))
                .results()
                .toList();
    }

    private static Set<String> classes() throws IOException {
        var names = new HashSet<String>();
        try (var modules = Files.list(ROOT)) {
            for (var module : modules.filter(each -> Files.isDirectory(each.resolve("src")))
                    .toList()) {
                try (var files = Files.walk(module.resolve("src"))) {
                    files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".java"))
                            .map(file -> file.substring(0, file.length() - ".java".length()))
                            .forEach(names::add);
                }
            }
        }
        return names;
    }
}

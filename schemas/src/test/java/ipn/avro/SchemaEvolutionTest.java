package ipn.avro;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.serde.FullCompatibility;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records live longer than the code that wrote them: every version must read every other, FULL_TRANSITIVE. */
class SchemaEvolutionTest {
    static List<String> records() {
        return Contracts.records();
    }

    static List<String> enums() {
        return Contracts.enums();
    }

    @ParameterizedTest
    @MethodSource("records")
    void a_record_is_compatible_both_ways_with_every_version_ever_released(String record) {
        var released = Contracts.released(record);
        assertThat(released)
                .as("src/main/released/%s: none (see schemas/README.md: release a schema)", record)
                .isNotEmpty();
        released.forEach((version, schema) -> assertThat(FullCompatibility.problems(Contracts.now(record), schema))
                .as("%s against its released version %d", record, version)
                .isEmpty());
    }

    @Test
    void a_change_that_old_or_new_readers_cannot_live_with_is_noticed() {
        var old = record().requiredString("id").requiredLong("amount").endRecord();

        assertThat(FullCompatibility.problems(
                        record().requiredString("id")
                                .requiredLong("amount")
                                .optionalString("note")
                                .endRecord(),
                        old))
                .isEmpty();
        assertThat(FullCompatibility.problems(
                        record().requiredString("id")
                                .requiredLong("amount")
                                .requiredString("note")
                                .endRecord(),
                        old))
                .singleElement()
                .asString()
                .startsWith("the new schema cannot read old records: READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(FullCompatibility.problems(record().requiredString("id").endRecord(), old))
                .singleElement()
                .asString()
                .startsWith("the old schema cannot read new records: READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(FullCompatibility.problems(
                        record().requiredString("id").requiredInt("amount").endRecord(), old))
                .as("widening works one way only")
                .hasSize(1);
    }

    /** A reader of an older version takes a symbol that it does not have as UNKNOWN. */
    @ParameterizedTest
    @MethodSource("enums")
    void an_enum_can_get_a_new_symbol(String name) {
        var now = Contracts.now(name);
        var symbols = new ArrayList<>(now.getEnumSymbols());
        symbols.add("OF_A_NEWER_RELEASE");
        var newer = Schema.createEnum(name, now.getDoc(), now.getNamespace(), symbols, "UNKNOWN");

        assertThat(now.getEnumDefault()).isEqualTo("UNKNOWN");
        assertThat(FullCompatibility.problems(newer, now)).isEmpty();
    }

    /** Writes the next version of each record that has changed since its last release; see schemas/README.md. */
    @ParameterizedTest
    @MethodSource("records")
    @EnabledIfSystemProperty(named = "schemas.release", matches = "true")
    void release(String record) throws Exception {
        var released = Contracts.released(record);
        var now = Contracts.now(record);
        if (released.isEmpty() || !released.lastEntry().getValue().equals(now)) {
            Contracts.release(record, released.isEmpty() ? 1 : released.lastKey() + 1, now);
        }
    }

    private static SchemaBuilder.FieldAssembler<Schema> record() {
        return SchemaBuilder.record("R").fields();
    }
}

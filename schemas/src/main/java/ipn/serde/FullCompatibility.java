package ipn.serde;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** Compatibility in both directions. Against every earlier version it is {@code FULL_TRANSITIVE}. */
public final class FullCompatibility {
    private FullCompatibility() {}

    /** Why one schema cannot read records of the other, as text; empty if each can read the other. */
    public static List<String> problems(Schema fresh, Schema earlier) {
        var problems = new ArrayList<String>();
        problems.addAll(cannotRead("the new schema cannot read old records", fresh, earlier));
        problems.addAll(cannotRead("the old schema cannot read new records", earlier, fresh));
        return problems;
    }

    private static List<String> cannotRead(String direction, Schema reader, Schema writer) {
        var pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (pair.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return List.of();
        }
        return pair.getResult().getIncompatibilities().stream()
                .map(each ->
                        "%s: %s at %s (%s)".formatted(direction, each.getType(), each.getLocation(), each.getMessage()))
                .toList();
    }
}

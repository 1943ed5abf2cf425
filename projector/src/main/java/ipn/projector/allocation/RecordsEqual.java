package ipn.projector.allocation;

import java.util.BitSet;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Compares Avro records of one type, apart from some fields. A copy without these fields would cost more than all other work on a key
 * with many payers, because builders copy every value deeply.
 */
final class RecordsEqual {
    private final BitSet ignored = new BitSet();

    /** @param fields names of the fields that are not compared */
    RecordsEqual(Schema schema, String... fields) {
        for (var field : fields) {
            ignored.set(schema.getField(field).pos());
        }
    }

    boolean equal(SpecificRecord a, SpecificRecord b) {
        var size = a.getSchema().getFields().size();
        for (var field = ignored.nextClearBit(0); field < size; field = ignored.nextClearBit(field + 1)) {
            if (!Objects.equals(a.get(field), b.get(field))) {
                return false;
            }
        }
        return true;
    }
}

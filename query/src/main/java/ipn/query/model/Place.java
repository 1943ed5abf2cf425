package ipn.query.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Where a record stands in its topic. Every row ends with it.
 *
 * @param key of the record, as text
 * @param at timestamp of the record
 */
public record Place(String key, int partition, long offset, Instant at) {
    ObjectNode addTo(ObjectNode row) {
        return row.put("record_partition", partition)
                .put("record_offset", offset)
                .put("recorded_at", at.toString());
    }
}

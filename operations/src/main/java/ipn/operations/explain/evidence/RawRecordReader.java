package ipn.operations.explain.evidence;

import ipn.operations.topic.Position;
import ipn.operations.topic.PositionReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads single raw records by position. Bodies are not kept. */
final class RawRecordReader {
    private RawRecordReader() {}

    /** The raw records at some positions, without those that do not exist. */
    static Map<Position, RawRecordSummary> fetch(Sources sources, Set<Position> positions) {
        var found = new HashMap<Position, RawRecordSummary>();
        var unused = PositionReader.read(
                sources.reader(),
                positions,
                "reading raw records",
                sources.progress(),
                record -> found.put(Position.of(record), RawRecordSummary.of(record)));
        return found;
    }
}

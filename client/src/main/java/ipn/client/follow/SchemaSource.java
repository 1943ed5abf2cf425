package ipn.client.follow;

import java.io.IOException;

/** Where the schemas of records are found, by the ids that the records carry. */
@FunctionalInterface
public interface SchemaSource {
    /**
     * The schema with this id, as Avro's JSON.
     *
     * @throws IOException if it cannot be found now; it is asked for again
     */
    String schema(int id) throws IOException;
}

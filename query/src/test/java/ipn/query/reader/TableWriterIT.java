package ipn.query.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import ipn.query.ReadModel;
import ipn.query.model.Change;
import ipn.query.model.Place;
import ipn.query.model.Table;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows from records that are read again, or several times in one batch. */
class TableWriterIT {
    private ReadModel model;

    @BeforeEach
    void create() {
        model = ReadModel.create(TableWriterIT.class);
        model.database().migrate();
    }

    @AfterEach
    void close() {
        model.close();
    }

    private static Change status(String by, long offset) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("dead_letter_id", "d_1")
                .put("status", "DISCARDED")
                .put("attempts", 1)
                .put("by", by);
        row.put("at", "2026-11-30T10:00:00Z");
        return Change.write(Table.DEAD_LETTER_STATUSES, row, place(offset));
    }

    private static Place place(long offset) {
        return new Place("d_1", 0, offset, Instant.EPOCH);
    }

    private void write(Change... changes) throws SQLException {
        try (var connection = model.database().writer()) {
            new TableWriter(connection).write(List.of(changes));
        }
    }

    private List<String> deciders() {
        return model.query("SELECT by FROM dead_letter_statuses");
    }

    @Test
    void an_earlier_record_that_is_read_again_replaces_nothing() throws Exception {
        write(status("ada", 5));
        write(status("bob", 4));
        assertThat(deciders()).containsExactly("ada");

        write(status("eve", 6));
        assertThat(deciders()).containsExactly("eve");
    }

    @Test
    void the_last_record_of_a_key_in_a_batch_counts() throws Exception {
        write(status("ada", 1), status("bob", 2));
        assertThat(deciders()).containsExactly("bob");

        write(status("eve", 3), Change.delete(Table.DEAD_LETTER_STATUSES, place(4)));
        assertThat(deciders()).isEmpty();

        write(Change.delete(Table.DEAD_LETTER_STATUSES, place(5)), status("ada", 6));
        assertThat(deciders()).containsExactly("ada");
    }
}

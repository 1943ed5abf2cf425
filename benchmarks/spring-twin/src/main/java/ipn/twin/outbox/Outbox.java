package ipn.twin.outbox;

import ipn.twin.entitlement.EntitlementChange;
import java.util.Collection;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Events that are stored in the transaction of their change, and published afterwards. */
@Repository
public class Outbox {
    private final JdbcTemplate jdbc;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;

    public Outbox(JdbcTemplate jdbc, JsonMapper json, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
    }

    /** Published in the transaction that has added events: it wakes the publisher after the commit. */
    record Filled() {}

    /** A row. */
    record Row(long id, String subject, String event) {}

    /** Adds the events of changes. */
    public void add(List<EntitlementChange> changes) {
        jdbc.update(
                "INSERT INTO outbox (subject, event) SELECT * FROM unnest(?, ?)",
                array(changes.stream().map(EntitlementChange::subject).toList()),
                array(changes.stream()
                        .map(EntitlementEvent::of)
                        .map(json::writeValueAsString)
                        .toList()));
        events.publishEvent(new Filled());
    }

    /** Whether no other instance publishes at the moment; this one may, until the end of the transaction. */
    boolean tryLock() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("SELECT pg_try_advisory_xact_lock(hashtext('outbox'))", Boolean.class));
    }

    /** The oldest rows: those of one subject are in the order of their revisions, because the entitlement was locked until its commit. */
    List<Row> oldest(int limit) {
        return jdbc.query(
                "SELECT id, subject, event FROM outbox ORDER BY id LIMIT ?",
                (row, number) -> new Row(row.getLong(1), row.getString(2), row.getString(3)),
                limit);
    }

    void delete(Collection<Long> ids) {
        jdbc.update("DELETE FROM outbox WHERE id = ANY (?)", new SqlArrayValue("int8", ids.toArray()));
    }

    private static SqlArrayValue array(List<String> values) {
        return new SqlArrayValue("text", values.toArray());
    }
}

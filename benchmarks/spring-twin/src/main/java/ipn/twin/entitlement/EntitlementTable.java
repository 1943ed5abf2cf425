package ipn.twin.entitlement;

import static ipn.twin.entitlement.SqlArrays.numbers;
import static ipn.twin.entitlement.SqlArrays.text;

import ipn.twin.entitlement.Access.Status;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table of entitlements. */
@Repository
public class EntitlementTable {
    private final JdbcTemplate jdbc;

    public EntitlementTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The value of an entitlement in the table. */
    record Stored(Access access, long revision) {}

    /** Locks entitlements until the end of the transaction, and returns their values by key. */
    Map<String, Stored> lock(Collection<String> keys) {
        var sorted = text(keys.stream().sorted().toList());
        jdbc.update("INSERT INTO entitlement (entitlement_key) SELECT unnest(?) ON CONFLICT DO NOTHING", sorted);
        var stored = new HashMap<String, Stored>();
        jdbc.query(
                "SELECT * FROM entitlement WHERE entitlement_key = ANY (?) ORDER BY entitlement_key FOR UPDATE",
                row -> {
                    var until = Optional.ofNullable(row.getObject("until", OffsetDateTime.class));
                    var access =
                            new Access(Status.valueOf(row.getString("status")), until.map(OffsetDateTime::toInstant));
                    stored.put(row.getString("entitlement_key"), new Stored(access, row.getLong("revision")));
                },
                text(keys.stream().sorted().toList()));
        return stored;
    }

    void update(List<EntitlementChange> changes) {
        jdbc.update(
                """
                UPDATE entitlement e SET status = c.status, until = c.until, revision = c.revision
                FROM unnest(?, ?, ?::timestamptz[], ?) AS c (entitlement_key, status, until, revision)
                WHERE e.entitlement_key = c.entitlement_key""",
                text(changes, EntitlementChange::key),
                text(changes, change -> change.access().status().name()),
                text(
                        changes,
                        change -> change.access().until().map(Object::toString).orElse(null)),
                numbers(changes, EntitlementChange::revision));
    }
}

package ipn.query.http;

import ipn.operations.deadletter.MentionedWords;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.Position;
import ipn.operations.topic.RecordIndex;
import ipn.query.http.Filter.Condition;
import ipn.query.http.RecordTables.Term;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables as an index of the records in the topics: each row knows where its record is. Records that could not be read are always found,
 * so that whoever looks for them judges them as if all had been read. Bound to one state of the database.
 */
final class TableIndex implements RecordIndex {
    /** More are not read one by one. */
    static final int RECORDS_MAX = 2_000;

    private static final int UNREADABLE_MAX = 100;

    private final Connection connection;
    private final Records records;

    TableIndex(Connection connection, Records records) {
        this.connection = connection;
        this.records = records;
    }

    /** The database failed. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException failure;

        FailedException(SQLException failure) {
            super(failure);
            this.failure = failure;
        }

        SQLException failure() {
            return failure;
        }
    }

    @FunctionalInterface
    private interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    @Override
    public Optional<Collection<Position>> find(Lookup lookup) {
        try {
            if (!lookup.topic().equals(records.topics().get(lookup.name())) || !isComplete(lookup.topic())) {
                return Optional.empty();
            }
            var found = new LinkedHashSet<Position>();
            if (!addUnreadable(lookup, found) || !add(lookup, found) || found.size() > RECORDS_MAX) {
                return Optional.empty();
            }
            return Optional.of(found);
        } catch (SQLException e) {
            throw new FailedException(e);
        }
    }

    /** Whether the tables have the topic; some topics exist only once a projector has started. */
    private boolean isComplete(String topic) throws SQLException {
        if (!records.isOptional(topic)) {
            return true;
        }
        var sql = "SELECT 1 FROM progress WHERE ? = ANY (further)";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic);
            return statement.executeQuery().next();
        }
    }

    private boolean addUnreadable(Lookup lookup, Set<Position> into) throws SQLException {
        var sql = "SELECT partition, \"offset\" FROM unreadable_records WHERE topic = ? LIMIT " + (UNREADABLE_MAX + 1);
        add(lookup, sql, statement -> statement.setString(1, lookup.topic()), into);
        return into.size() <= UNREADABLE_MAX;
    }

    /** False: it does not know. */
    private boolean add(Lookup lookup, Set<Position> into) throws SQLException {
        var listing = RecordTables.listing(lookup.name());
        if (listing.isPresent()) {
            return addListed(lookup, listing.get(), into);
        }
        var search = Searches.named(lookup.name());
        if (search.isPresent()) {
            return addSearched(lookup, search.get(), into);
        }
        var table = RecordTables.named(lookup.name());
        if (table.isEmpty() || lookup.any().isEmpty() || !lookup.all().isEmpty()) {
            return false;
        }
        for (var wanted : lookup.any().entrySet()) {
            var terms = table.get().terms().stream()
                    .filter(term -> term.name().equals(wanted.getKey()))
                    .toList();
            if (wanted.getKey().equals(RecordTables.MENTIONS)
                    ? !addMentioned(lookup, wanted.getValue(), into)
                    : !addByTerms(lookup, table.get().table(), terms, wanted.getValue(), into)) {
                return false;
            }
        }
        return true;
    }

    private boolean addByTerms(Lookup lookup, String table, List<Term> terms, Set<String> values, Set<Position> into)
            throws SQLException {
        var array = values.toArray();
        for (var term : terms) {
            var each = lookup.newest() > 0 ? Math.min(lookup.newest(), RECORDS_MAX + 1) : RECORDS_MAX + 1;
            var sql = """
                    SELECT found.record_partition, found.record_offset FROM unnest(?::text[]) AS wanted (v)
                    CROSS JOIN LATERAL (SELECT t.record_partition, t.record_offset FROM %s t WHERE %s
                        ORDER BY t.record_offset DESC LIMIT %d) found
                    LIMIT %d
                    """.formatted(table, term.condition(), each, RECORDS_MAX + 1);
            add(lookup, sql, statement -> statement.setArray(1, connection.createArrayOf("text", array)), into);
        }
        return !terms.isEmpty();
    }

    private boolean addMentioned(Lookup lookup, Set<String> ids, Set<Position> into) throws SQLException {
        if (ids.isEmpty()) {
            return true;
        }
        addWith(lookup, Set.of(MentionedWords.ANY), into);
        for (var id : ids) {
            // of an id without a word, such as one of two letters, all dead letters
            for (var words : MentionedWords.required(id).orElse(List.of(Set.of()))) {
                addWith(lookup, words, into);
            }
        }
        return true;
    }

    private void addWith(Lookup lookup, Set<Integer> words, Set<Position> into) throws SQLException {
        var sql = "SELECT record_partition, record_offset FROM dead_letters WHERE words @> ?::int[] LIMIT "
                + (RECORDS_MAX + 1);
        var array = words.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
        add(lookup, sql, statement -> statement.setString(1, array), into);
    }

    private boolean addListed(Lookup lookup, Listing listing, Set<Position> into) throws SQLException {
        for (var term : lookup.all().entrySet()) {
            var filter = listing.filter(term.getKey());
            if (filter.isEmpty() || !filter.get().kind().accepts(term.getValue())) {
                return false;
            }
        }
        var selected = listing.selected(lookup.all());
        var sql = """
                SELECT record_partition, record_offset FROM %s
                ORDER BY %s DESC, record_partition DESC, record_offset DESC LIMIT %d
                """.formatted(
                        listing.rows(selected, lookup.all()),
                        listing.time(),
                        lookup.newest() > 0 ? lookup.newest() : RECORDS_MAX + 1);
        add(lookup, sql, selected, into);
        return true;
    }

    private boolean addSearched(Lookup lookup, Search search, Set<Position> into) throws SQLException {
        var conditions = search.conditions(lookup);
        if (conditions.isEmpty()) {
            return false;
        }
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "SET LOCAL enable_seqscan = off"); // with a limit, reading a large table from its start looks cheap
        }
        for (var condition : conditions.get()) {
            var sql = "SELECT record_partition, record_offset FROM %s WHERE %s LIMIT %d"
                    .formatted(search.table(), condition.sql(), RECORDS_MAX + 1);
            add(lookup, sql, condition, into);
        }
        return true;
    }

    private void add(Lookup lookup, String sql, Condition condition, Set<Position> into) throws SQLException {
        add(
                lookup,
                sql,
                statement -> {
                    for (var i = 0; i < condition.values().size(); i++) {
                        statement.setString(i + 1, condition.values().get(i));
                    }
                },
                into);
    }

    private void add(Lookup lookup, String sql, Setter setter, Set<Position> into) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            setter.set(statement);
            try (var rows = statement.executeQuery()) {
                while (rows.next() && into.size() <= RECORDS_MAX) {
                    into.add(new Position(lookup.topic(), rows.getInt(1), rows.getLong(2)));
                }
            }
        }
    }
}

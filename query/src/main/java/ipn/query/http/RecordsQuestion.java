package ipn.query.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import ipn.operations.topic.Lookup;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Where the records about something are in their topic: for programs that read them there. */
record RecordsQuestion(Records records, Lookup lookup) implements Question {
    static final String PATH = "/v1/records";
    static final String FROM = "from";
    static final String NEWEST = "newest";

    /** @throws ProblemException if a parameter is unknown or has a wrong value */
    static RecordsQuestion of(Records records, MultiMap query) {
        var from = query.get(FROM);
        var topic = from == null ? null : records.topics().get(from);
        if (from == null || topic == null) {
            throw ProblemException.parameter(FROM, "one of the topics that /v1/model names");
        }
        var any = new HashMap<String, Set<String>>();
        var all = new HashMap<String, String>();
        var newest = 0;
        for (var parameter : query) {
            var name = parameter.getKey();
            var value = parameter.getValue();
            if (name.equals(NEWEST)) {
                newest = newest(value);
            } else if (!name.equals(FROM)) {
                add(from, name, value, any, all);
            }
        }
        return new RecordsQuestion(records, new Lookup(from, topic, Set.of(), any, all, newest));
    }

    /** Of a list and of a search, terms of which a record has every one; else of which it has one. */
    private static void add(
            String from, String name, String value, Map<String, Set<String>> any, Map<String, String> all) {
        var listing = RecordTables.listing(from);
        var term = Searches.named(from).flatMap(search -> search.all(name));
        if (listing.isPresent()) {
            Parameters.check(listing.get(), name, value, all);
        } else if (term.isPresent()) {
            if (!term.get().accepts(value)) {
                throw ProblemException.parameter(name, term.get().expected());
            }
            if (all.put(name, value) != null) {
                throw ProblemException.parameter(name, "once");
            }
        } else {
            check(from, name, value);
            any.computeIfAbsent(name, each -> new HashSet<>()).add(value);
        }
    }

    private static int newest(String text) {
        if (!Kind.COUNT.accepts(text)) {
            throw ProblemException.parameter(NEWEST, Kind.COUNT.expected());
        }
        return Integer.parseInt(text);
    }

    private static void check(String from, String name, String value) {
        var known = RecordTables.named(from).stream()
                .flatMap(table -> table.terms().stream())
                .anyMatch(term -> term.name().equals(name));
        var searched = Searches.named(from).flatMap(search -> search.any(name)).isPresent();
        if (!known && !searched && !(from.equals("dlq") && name.equals(RecordTables.MENTIONS))) {
            throw new ProblemException(Problem.BAD_PARAMETER); // its name is the sender's text
        }
        if (!Kind.LONG_TEXT.accepts(value)) {
            throw ProblemException.parameter(name, Kind.LONG_TEXT.expected());
        }
    }

    @Override
    public void answer(Sql sql, ObjectNode answer) {
        var found = new TableIndex(sql.connection(), records).find(lookup);
        answer.put("topic", lookup.topic());
        answer.put("known", found.isPresent());
        var list = answer.putArray("records");
        found.ifPresent(positions -> positions.forEach(
                position -> list.addArray().add(position.partition()).add(position.offset())));
    }

    /** What lookups can name, and where it is. */
    static Question model(Records records) {
        return (sql, answer) -> {
            answer.put("cluster", records.cluster());
            var topics = answer.putObject("topics");
            Map.copyOf(records.topics()).forEach(topics::put);
        };
    }
}

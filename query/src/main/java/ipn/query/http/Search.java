package ipn.query.http;

import ipn.operations.topic.Lookup;
import ipn.query.http.Filter.Condition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A search of records by terms: they have one of the first, and every one of the others.
 *
 * @param any by name; a value of which the table knows nothing has no condition
 * @param all by name
 */
record Search(String table, Map<String, Function<String, Optional<Condition>>> any, Map<String, Term> all) {
    Search {
        any = Map.copyOf(any);
        all = Map.copyOf(all);
    }

    /**
     * A term that every record has.
     *
     * @param condition for a value
     */
    record Term(Kind kind, Function<String, Condition> condition) {
        /** @param condition SQL with {@code %s} for each place of the value */
        static Term of(Kind kind, String condition) {
            return new Term(kind, value -> Filter.condition(kind, condition, value));
        }

        boolean accepts(String value) {
            return kind.accepts(value);
        }

        String expected() {
            return kind.expected();
        }
    }

    Optional<Function<String, Optional<Condition>>> any(String name) {
        return Optional.ofNullable(any.get(name));
    }

    Optional<Term> all(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /** One for each term of which a record has one, together with all others; empty: the table does not know. */
    Optional<List<Condition>> conditions(Lookup lookup) {
        var every = new ArrayList<Condition>();
        for (var term : lookup.all().entrySet()) {
            var known = all(term.getKey());
            if (known.isEmpty() || !known.get().accepts(term.getValue())) {
                return Optional.empty();
            }
            every.add(known.get().condition().apply(term.getValue()));
        }
        if (lookup.any().isEmpty()) {
            return every.isEmpty() ? Optional.empty() : Optional.of(List.of(and(every)));
        }
        var conditions = new ArrayList<Condition>();
        for (var term : lookup.any().entrySet()) {
            var either = any(term.getKey()).flatMap(condition -> either(condition, term.getValue()));
            if (either.isEmpty()) {
                return Optional.empty();
            }
            if (!term.getValue().isEmpty()) {
                var both = new ArrayList<>(every);
                both.add(either.get());
                conditions.add(and(both));
            }
        }
        return Optional.of(conditions);
    }

    private static Optional<Condition> either(
            Function<String, Optional<Condition>> condition, Collection<String> values) {
        var either = Optional.of(new Condition("false", List.of()));
        for (var value : values) {
            either = either.flatMap(before -> condition.apply(value).map(before::or));
        }
        return either;
    }

    private static Condition and(List<Condition> conditions) {
        return new Condition(
                String.join(
                        " AND ",
                        conditions.stream().map(each -> "(" + each.sql() + ")").toList()),
                conditions.stream().flatMap(each -> each.values().stream()).toList());
    }
}

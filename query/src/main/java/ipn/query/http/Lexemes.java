package ipn.query.http;

import ipn.query.http.Filter.Condition;
import java.util.Arrays;
import java.util.List;

/** Conditions for what a payment is found by, in the language of text search: one index finds whole ids and their beginnings. */
final class Lexemes {
    private static final String IDS = "array_to_tsvector(ids) @@ ?::tsquery";

    private Lexemes() {}

    /** The payment has one of these. */
    static Condition any(String... queries) {
        return new Condition(IDS, List.of(String.join(" | ", queries)));
    }

    /** The payment has every one of these. */
    static Condition all(List<String> queries) {
        return new Condition(IDS, List.of(String.join(" & ", queries)));
    }

    /** The same value of each kind, whole. */
    static Condition anyKind(String value, String... kinds) {
        return any(Arrays.stream(kinds).map(kind -> is(kind, value)).toArray(String[]::new));
    }

    static String is(String kind, String value) {
        return quoted(kind + ":" + value);
    }

    static String begins(String kind, String value) {
        return quoted(kind + ":" + value) + ":*";
    }

    private static String quoted(String lexeme) {
        return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}

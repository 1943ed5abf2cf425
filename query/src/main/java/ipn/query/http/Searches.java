package ipn.query.http;

import static ipn.query.http.Kind.ACCOUNT;
import static ipn.query.http.Kind.MONEY;
import static ipn.query.http.Kind.TEXT;
import static ipn.query.http.Kind.TIME;

import ipn.operations.find.SearchLookups;
import ipn.operations.find.SearchName;
import ipn.operations.topic.Lookup;
import ipn.query.http.Filter.Condition;
import ipn.query.http.Search.Term;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code ipn find} searches. */
final class Searches {
    /** Shorter ones are the beginning of nearly every id. */
    private static final int LENGTH_MIN = 4;

    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

    // spotless:off
    private static final Map<String, Search> ALL = Map.of(
        SearchLookups.PAYMENTS, new Search("payments",
            Map.of(
                SearchLookups.ID,      Searches::ofPayment,
                SearchLookups.ORDER,   is("order_id = %s"),
                Lookup.KEY,            is("payment_key = %s")),
            Map.of(
                SearchLookups.AMOUNT,  new Term(MONEY,   amount -> Lexemes.anyKind(amount.toLowerCase(Locale.ROOT), "money")),
                SearchLookups.SINCE,   Term.of(TIME,     "newest_at >= %s OR newest_at IS NULL"),
                SearchLookups.ACCOUNT, Term.of(ACCOUNT,  "starts_with(payment_key, %s || '/')"))),
        SearchLookups.ORDERS, new Search("orders",
            Map.of(
                SearchLookups.ID,      Searches::ofOrder),
            Map.of(
                SearchLookups.AMOUNT,  Term.of(MONEY,    "amount = split_part(%s, ' ', 1)::bigint AND currency = split_part(%s, ' ', 2)"),
                SearchLookups.SINCE,   Term.of(TIME,     "created_at >= %s"),
                SearchLookups.ACCOUNT, Term.of(ACCOUNT,  "starts_with(gateway_account || '/', %s || '/')"))),
        SearchLookups.DECISIONS, new Search("decisions",
            Map.of(
                SearchLookups.ID,      Searches::ofDecision),
            Map.of()));
    // spotless:on

    private Searches() {}

    static Optional<Search> named(String lookup) {
        return Optional.ofNullable(ALL.get(lookup));
    }

    private static Function<String, Optional<Condition>> is(String condition) {
        return value -> Optional.of(Filter.condition(TEXT, condition, value));
    }

    private static Optional<Condition> ofPayment(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        var id = SearchName.withoutAccount(lower);
        if (id.length() < LENGTH_MIN) {
            return Optional.empty();
        }
        return Optional.of(Lexemes.any(Stream.of(
                        Stream.of(lower, id)
                                .distinct()
                                .flatMap(each -> Stream.of("charge", "event", "invoice", "order", "name")
                                        .map(kind -> Lexemes.begins(kind, each))),
                        Stream.of("whole", "reference").map(kind -> Lexemes.is(kind, lower)),
                        Stream.of(Lexemes.is("more", "")))
                .flatMap(each -> each)
                .toArray(String[]::new)));
    }

    /** PostgreSQL and Java agree about the lower case of ASCII. */
    private static Optional<Condition> ofOrder(String text) {
        return whole(text)
                .map(lower -> new Condition(
                        "searchable(order_id) ^@ ? OR searchable(subject) = ? OR searchable(reference) = ?",
                        List.of(lower, lower, lower)));
    }

    /** What a decision means depends on the others about the same. There are few of them. */
    private static Optional<Condition> ofDecision(String text) {
        return whole(text)
                .map(lower -> new Condition(
                        "searchable(decision_id) ^@ ? OR searchable(about) ^@ ? OR searchable(to_subject) = ? OR searchable(subject) = ?"
                                + " OR regexp_replace(searchable(about), '^[^/]*/[^/]*/', '') ^@ ?",
                        List.of(lower, lower, lower, lower, lower)))
                .map(found -> new Condition(
                        "about IN (SELECT about FROM decisions WHERE %s)".formatted(found.sql()), found.values()));
    }

    private static Optional<String> whole(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT))
                .filter(lower ->
                        lower.length() >= LENGTH_MIN && ASCII.matcher(lower).matches());
    }
}

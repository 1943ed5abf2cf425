package ipn.query.http;

import static ipn.query.http.Kind.ACCOUNT;
import static ipn.query.http.Kind.AMOUNT;
import static ipn.query.http.Kind.CODE;
import static ipn.query.http.Kind.COUNT;
import static ipn.query.http.Kind.CURRENCY;
import static ipn.query.http.Kind.FLAG;
import static ipn.query.http.Kind.HASH;
import static ipn.query.http.Kind.NAME;
import static ipn.query.http.Kind.TEXT;
import static ipn.query.http.Kind.TIME;

import ipn.operations.deadletter.MentionedWords;
import ipn.operations.find.SearchName;
import ipn.query.http.Filter.Condition;
import ipn.query.model.PaymentWords;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Every question for a list, and what narrows it. */
final class Listings {
    /** Values without quotes, commas and braces as an array of SQL. */
    private static final Collector<CharSequence, ?, String> IN_BRACES = Collectors.joining(",", "{", "}");

    /** Payments that name the user, or an order of the user. */
    private static final String OF_USER =
            "payment_key IN (SELECT payment_key FROM payments WHERE subject = %s UNION ALL "
                    + "SELECT payment_key FROM payments JOIN orders USING (order_id) WHERE orders.subject = %s)";

    // spotless:off
    static final List<Listing> ALL = List.of(
        new Listing("/v1/payments", "payments", "payments", "started_at", "payment_key", List.of(
            id("charge"), id("event"), id("order"), id("invoice"), id("reference"))),
        new Listing("/v1/search", "payments", "payments", "started_at", "payment_key", List.of(
            new Filter("user",     TEXT,     OF_USER).ofRare(),
            new Filter("amount",   AMOUNT,   "amount = %s"),
            new Filter("currency", CURRENCY, "currency = %s"),
            new Filter("from",     TIME,     "started_at >= %s"),
            new Filter("to",       TIME,     "started_at < %s"),
            new Filter("gateway",  NAME,     "gateway = %s"),
            new Filter("account",  NAME,     "account = %s"),
            new Filter("status",   CODE,     "status = %s"),
            new Filter("live",     FLAG,     "live = %s"),
            new Filter("email",    HASH,     hash -> Lexemes.anyKind(hash, "email")).ofRare(),
            new Filter("text",     TEXT,     Listings::idOrWords).ofRare())),
        new Listing("/v1/discrepancies", "discrepancies", "discrepancies", "at", "discrepancy_id", List.of(
            new Filter("state",    CODE,     "state = %s"),
            new Filter("kind",     CODE,     "kind = %s"),
            new Filter("account",  ACCOUNT,  "starts_with(payment_key, %s || '/')"),
            new Filter("payment",  TEXT,     "payment_key = %s"),
            new Filter("order",    TEXT,     "order_id = %s"),
            new Filter("user",     TEXT,     "subject = %s"),
            new Filter("min_amount", AMOUNT, "EXISTS (SELECT 1 FROM payments paid WHERE paid.payment_key = discrepancies.payment_key AND paid.captured >= %s)"),
            new Filter("currency", CURRENCY, "EXISTS (SELECT 1 FROM payments paid WHERE paid.payment_key = discrepancies.payment_key AND paid.currency = %s)"),
            new Filter("from",     TIME,     "at >= %s"),
            new Filter("to",       TIME,     "at < %s"))),
        new Listing("/v1/decisions", "decisions", "decisions", "at", "decision_id", List.of(
            new Filter("kind",     CODE,     "kind = %s"),
            new Filter("about",    TEXT,     "about = %s"),
            new Filter("by",       TEXT,     "by = %s"),
            new Filter("user",     TEXT,     "(about = %s OR to_subject = %s OR subject = %s)").ofRare(),
            new Filter("from",     TIME,     "at >= %s"),
            new Filter("to",       TIME,     "at < %s"))),
        new Listing("/v1/dead-letters", "dead_letters", "dead_letter_list", "last_failed_at", "dead_letter_id", List.of(
            new Filter("status",      CODE,  "status = %s"),
            new Filter("reason",      CODE,  "reason = %s"),
            new Filter("account",     ACCOUNT, "account = %s OR starts_with(account, %s || '/')"),
            new Filter("fingerprint", TEXT,  "fingerprint = %s"),
            new Filter("event_type",  TEXT,  "event_type = %s"),
            new Filter("stage",       TEXT,  "stage = %s"),
            new Filter("attempts",    COUNT, "attempts >= %s"),
            new Filter("payment",     TEXT,  "record_key = %s"),
            new Filter("user",        TEXT,  Listings::mentions).ofRare(),
            new Filter("text",        TEXT,  Listings::contains),
            new Filter("from",        TIME,  "last_failed_at >= %s"),
            new Filter("to",          TIME,  "last_failed_at < %s"))),
        new Listing("/v1/ledger", "entries", "ledger_entries", "at", "entry_id", List.of(
            new Filter("payment",  TEXT,     "payment_key = %s"),
            new Filter("order",    TEXT,     "order_id = %s"),
            new Filter("test",     FLAG,     "test = %s"),
            new Filter("from",     TIME,     "at >= %s"),
            new Filter("to",       TIME,     "at < %s"))),
        new Listing("/v1/notifications", "notifications", "notifications", "at", "notification_id", List.of(
            new Filter("user",     TEXT,     "subject = %s"),
            new Filter("kind",     CODE,     "kind = %s"),
            new Filter("from",     TIME,     "at >= %s"),
            new Filter("to",       TIME,     "at < %s"))));
    // spotless:on

    private Listings() {}

    static Optional<Listing> named(String path) {
        return ALL.stream().filter(listing -> listing.path().equals(path)).findFirst();
    }

    /** An id of any kind, or whole words, all of them. */
    private static Condition idOrWords(String text) {
        var anyId = Lexemes.anyKind(text.toLowerCase(Locale.ROOT), "charge", "event", "invoice", "order", "reference")
                .or(Filter.condition(TEXT, "payment_key = %s", text));
        var words = PaymentWords.split(text);
        return words.isEmpty()
                ? anyId
                : anyId.or(Lexemes.all(
                        words.stream().map(word -> Lexemes.is("word", word)).toList()));
    }

    /** Dead letters whose key or body has the words of an id. */
    private static Condition mentions(String id) {
        var condition = Filter.condition(TEXT, "record_key = %s", id);
        for (var words : MentionedWords.required(id).orElse(List.of())) {
            condition = condition.or(new Condition(
                    "words @> ?::int[]",
                    List.of(words.stream().map(String::valueOf).collect(IN_BRACES))));
        }
        return condition;
    }

    /** Dead letters whose key or message contains a text, or whose body has its words. */
    private static Condition contains(String text) {
        return Filter.condition(
                        TEXT,
                        "(strpos(lower(message), lower(%s)) > 0 OR strpos(lower(record_key), lower(%s)) > 0)",
                        text)
                .or(mentions(text));
    }

    /** The id alone, or for an event its whole key with gateway and account. */
    private static Filter id(String kind) {
        return new Filter(kind, TEXT, value -> {
                    var lower = value.toLowerCase(Locale.ROOT);
                    return Lexemes.any(Lexemes.is(kind, lower), Lexemes.is(kind, SearchName.withoutAccount(lower)));
                })
                .ofRare();
    }
}

package ipn.app.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import ipn.avro.ClaimKind;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.avro.NotificationCommand;
import ipn.avro.PaymentState;
import ipn.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;

/**
 * What a run has ended in, in the form of a case's expectations, so that both can be compared as they are.
 *
 * @param lettersBefore how many dead letters there were before the run
 */
record CaseEnd(Chain chain, int lettersBefore) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DEAD_LETTERS = "dead-letters";
    private static final Set<String> PARTIAL = Set.of("entitlements", "payments");
    private static final Set<EntitlementStatus> USABLE = Set.of(EntitlementStatus.ACTIVE, EntitlementStatus.GRACE);

    /** What differs from the expectations, one line for each value; empty if nothing does. */
    List<String> differences(JsonNode expected) {
        var wanted = lines(expected);
        var found = lines(like(expected));
        var paths = new TreeSet<>(wanted.keySet());
        paths.addAll(found.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(found.get(path), wanted.get(path)))
                .map(path -> "%s: %s (expected: %s)".formatted(path, found.get(path), wanted.get(path)))
                .toList();
    }

    private static Map<String, String> lines(JsonNode expectation) {
        var lines = new TreeMap<String, String>();
        flatten("", expectation, lines);
        return lines;
    }

    private static void flatten(String path, JsonNode value, Map<String, String> lines) {
        if (value.isObject() && !value.isEmpty()) {
            value.properties().forEach(each -> flatten(path + each.getKey() + " ", each.getValue(), lines));
        } else if (value.isArray()) {
            var texts = new TreeSet<String>();
            value.forEach(each -> texts.add(each.asText()));
            lines.put(path.strip(), value.size() + " " + texts);
        } else {
            lines.put(path.strip(), value.isObject() ? "nothing" : value.asText());
        }
    }

    /**
     * The same sections about the same subjects and payments as expected. Of entitlements and payments it has only the fields
     * that are expected; all other sections are whole. Dead letters must be expected.
     */
    private JsonNode like(JsonNode expected) {
        var end = JSON.objectNode();
        expected.properties().stream()
                .filter(section -> !section.getKey().equals(DEAD_LETTERS))
                .forEach(section -> end.set(section.getKey(), section(section.getKey(), section.getValue())));
        var letters = deadLetters();
        if (expected.has(DEAD_LETTERS) || !letters.isEmpty()) {
            end.set(DEAD_LETTERS, texts(letters));
        }
        return end;
    }

    private JsonNode section(String section, JsonNode expected) {
        var found = JSON.objectNode();
        expected.properties().forEach(each -> {
            var whole = find(section, each.getKey());
            found.set(each.getKey(), PARTIAL.contains(section) ? only(each.getValue(), whole) : whole);
        });
        return found;
    }

    /** The fields of {@code found} that are expected. */
    private static JsonNode only(JsonNode expected, JsonNode found) {
        if (!expected.isObject() || !found.isObject()) {
            return found;
        }
        var only = JSON.objectNode();
        expected.properties()
                .forEach(each -> only.set(
                        each.getKey(),
                        found.has(each.getKey()) ? only(each.getValue(), found.get(each.getKey())) : JSON.nullNode()));
        return only;
    }

    private JsonNode find(String section, String of) {
        return switch (section) {
            case "entitlements" -> entitlements(of);
            case "access" -> access(of);
            case "periods" -> periods(of);
            case "discrepancies" -> discrepancies(of);
            case "payments" -> payment(of);
            case "ledger" -> ledger(of);
            case "notifications" -> notifications(of);
            default ->
                throw new IllegalArgumentException("expect." + section
                        + ": unknown (expected: entitlements, access, periods, discrepancies, payments,"
                        + " ledger, notifications or dead-letters)");
        };
    }

    /** The newest event of each entitlement of a subject, by name and scope. */
    private JsonNode entitlements(String subject) {
        var all = JSON.objectNode();
        events(subject).forEach(last -> {
            var event = all.putObject(name(last));
            event.put("status", last.getStatus().name());
            event.put("reason", last.getReason().name());
            event.put("from", text(last.getFrom()));
            event.put("until", text(last.getUntil()));
            event.put("grace-until", text(last.getGraceUntil()));
            event.put("product", last.getProduct());
            event.put("discrepancy", text(last.getDiscrepancy()));
        });
        return all;
    }

    private Stream<EntitlementEvent> events(String subject) {
        return chain.entitlements().values().stream()
                .map(entitlement -> entitlement.getLast())
                .filter(last -> last.getSubject().equals(subject));
    }

    private static String name(EntitlementEvent event) {
        return event.getEntitlement() + (event.getScope() == null ? "" : "/" + event.getScope());
    }

    /** What a subject can use now. */
    private JsonNode access(String subject) {
        return texts(events(subject)
                .filter(last -> USABLE.contains(last.getStatus()))
                .map(CaseEnd::name)
                .sorted()
                .toList());
    }

    /** The periods that a subject paid for, as start and end. */
    private JsonNode periods(String subject) {
        return texts(chain.claimsOf(subject).stream()
                .filter(claim -> claim.getKind() == ClaimKind.PERIOD)
                .map(claim -> claim.getFrom() + " " + claim.getUntil())
                .sorted()
                .toList());
    }

    /** The kinds of the discrepancies of a subject that are open. */
    private JsonNode discrepancies(String subject) {
        return texts(chain.discrepancies(subject));
    }

    private JsonNode payment(String key) {
        var state = chain.payments().get(key);
        if (state == null) {
            return JSON.nullNode();
        }
        var payment = JSON.objectNode();
        payment.put("status", state.getStatus().name());
        payment.put("dispute", state.getDisputeStatus().name());
        payment.put("fraud", state.getFraudFlagged());
        payment.put("captured-at", text(state.getCapturedAt()));
        payment.put(
                "subscription",
                state.getSubscription() == null
                        ? null
                        : state.getSubscription().getStatus().name());
        payment.set("totals", totals(state));
        return payment;
    }

    private static JsonNode totals(PaymentState state) {
        var all = JSON.objectNode();
        state.getTotals()
                .forEach(totals -> all.putObject(totals.getCurrency())
                        .put("authorized", totals.getAuthorized())
                        .put("captured", totals.getCaptured())
                        .put("refunded", totals.getRefunded())
                        .put("disputed", totals.getDisputed())
                        .put("lost", totals.getLost())
                        .put("fees", totals.getFees()));
        return all;
    }

    /** Balances by account, product and currency, without those of zero. */
    private JsonNode ledger(String key) {
        var balances = new TreeMap<String, Long>();
        chain.postings(key)
                .forEach(posting -> balances.merge(
                        posting.getAccount()
                                + (posting.getProduct() == null ? "" : ":" + posting.getProduct())
                                + " "
                                + posting.getCurrency(),
                        posting.getAmount(),
                        Math::addExact));
        balances.values().removeIf(balance -> balance == 0);
        var ledger = JSON.objectNode();
        balances.forEach(ledger::put);
        return ledger;
    }

    private JsonNode notifications(String subject) {
        return texts(chain.notifications().stream()
                .filter(each -> each.getSubject().equals(subject))
                .map(CaseEnd::sentence)
                .sorted()
                .toList());
    }

    private static String sentence(NotificationCommand command) {
        return command.getKind()
                + (command.getAmount() == null ? "" : " " + command.getAmount() + " " + command.getCurrency());
    }

    /** The reason and event key of each dead letter of this run; a repeated delivery may have several. */
    private Collection<String> deadLetters() {
        var letters = new TreeSet<String>();
        chain.deadLetters().stream()
                .skip(lettersBefore)
                .map(letter -> letter.headers())
                .forEach(headers -> letters.add(
                        text(headers.lastHeader(Headers.DLQ_REASON)) + " " + text(headers.lastHeader(Headers.CE_ID))));
        return letters;
    }

    private static String text(Header header) {
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static JsonNode texts(Collection<String> texts) {
        var all = JSON.arrayNode();
        texts.forEach(all::add);
        return all;
    }
}

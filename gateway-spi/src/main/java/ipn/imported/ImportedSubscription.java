package ipn.imported;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A subscription at the time of an export, as written to {@code ipn.raw}.
 *
 * @param id the gateway's id that all facts of the subscription share
 * @param asOf when the export was made: what the gateway reports of a later time overrides it
 * @param terms what holds of it
 * @param source where a line of the export is, for people
 */
public record ImportedSubscription(String id, Instant asOf, Terms terms, Source source) {
    public static final String CONTENT_TYPE = "application/vnd.ipn.imported-subscription+json";
    /** The event type, as in {@code ce_type}. */
    public static final String TYPE = "ipn.import.subscription";

    private static final int HASH_LENGTH = 16;

    /**
     * What an export says of a subscription.
     *
     * @param paid the period that is paid for now; empty: none is
     * @param periodEnd planned end of the current period; does not prove a payment
     * @param graceUntil until when the gateway itself continues access; only with PAST_DUE
     * @param price of the paid period, for people and for refunds; it is never money of ours
     * @param payment the gateway's id of the payment that paid the period, if the export has it
     */
    public record Terms(
            SubscriptionStatus status,
            List<Sold> items,
            Map<ReferenceName, String> references,
            Optional<Period> paid,
            Optional<Instant> periodEnd,
            Optional<Instant> trialEnd,
            boolean cancelScheduled,
            Optional<Instant> cancelAt,
            Optional<Instant> graceUntil,
            Optional<Money> price,
            Optional<String> payment) {
        public Terms {
            items = List.copyOf(items);
            var sorted = new EnumMap<ReferenceName, String>(ReferenceName.class);
            sorted.putAll(references);
            references = sorted;
        }
    }

    /** One item: the gateway's names for what is sold, and how many. */
    public record Sold(List<String> skus, long quantity) {
        public Sold {
            skus = List.copyOf(skus);
        }
    }

    /** A period of time. */
    public record Period(Instant from, Instant until) {}

    /** The line of a file, from 1. */
    public record Source(String file, long line) {}

    /**
     * The item with the payment key, and with the event key that identifies repetitions: the same content of the same time is the same
     * event, wherever it is in a file.
     */
    public Item item(AccountId account) {
        return new Item(0, account.keyOf(id), eventKey(account, id, asOf, hash(content())), TYPE);
    }

    static String eventKey(AccountId account, String id, Instant asOf, String hash) {
        return account.key("import:" + Item.keyPart(id) + "@" + asOf + ":" + hash);
    }

    /** The value of the raw record: one JSON object. */
    public Bytes document() {
        var root = content();
        root.put("hash", hash(content()));
        root.put("file", source.file);
        root.put("line", source.line);
        return Bytes.utf8(root.toString());
    }

    private static String hash(ObjectNode content) {
        return Bytes.utf8(content.toString()).sha256().substring(0, HASH_LENGTH);
    }

    private ObjectNode content() {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("subscription", id);
        root.put("asOf", asOf.toString());
        root.put("status", terms.status.name());
        var items = root.putArray("items");
        terms.items.forEach(item -> {
            var one = items.addObject();
            item.skus.forEach(one.putArray("skus")::add);
            one.put("quantity", item.quantity);
        });
        if (!terms.references.isEmpty()) {
            var words = root.putObject("references");
            terms.references.forEach((name, word) -> words.put(name.key(), word));
        }
        terms.paid.ifPresent(period -> {
            root.put("paidFrom", period.from.toString());
            root.put("paidUntil", period.until.toString());
        });
        time(root, "periodEnd", terms.periodEnd);
        time(root, "trialEnd", terms.trialEnd);
        root.put("cancelScheduled", terms.cancelScheduled);
        time(root, "cancelAt", terms.cancelAt);
        time(root, "graceUntil", terms.graceUntil);
        terms.price.ifPresent(price -> {
            root.put("price", price.minorUnits());
            root.put("currency", price.currency());
        });
        terms.payment.ifPresent(payment -> root.put("payment", payment));
        return root;
    }

    private static void time(ObjectNode root, String name, Optional<Instant> time) {
        time.ifPresent(at -> root.put(name, at.toString()));
    }
}

package ipn.imported;

import ipn.fact.Fact;
import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.Line;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.FactLengths;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.Item;
import ipn.gateway.References;
import ipn.gateway.StoredDelivery;
import ipn.gateway.Translation;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import ipn.topics.Headers;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Recognizes and translates raw records that are imported subscriptions. */
public final class ImportedSubscriptions {
    /** Prefix of the header value; the name of the operator follows. A delivery of a gateway cannot have it: see report lines. */
    public static final String WRITTEN_BY = "import/";
    /** The id of the imported invoice: each payment key has at most one, and a newer export replaces it. */
    public static final String INVOICE = "import";

    /** Below every rank of a gateway: a notification with the same time overrides the import. */
    private static final long SEQUENCE = -1;
    /** ISO 4217: no currency. */
    private static final Money NO_AMOUNT = new Money(0, "XXX");

    private ImportedSubscriptions() {}

    /** Whether a raw record is an imported subscription. */
    public static boolean isOne(StoredDelivery stored) {
        return stored.header(Headers.VERIFIED_BY)
                .filter(by -> by.startsWith(WRITTEN_BY))
                .isPresent();
    }

    /** Identifies an imported subscription. Cheap, never throws. */
    public static Item item(AccountId account, Bytes document) {
        try {
            var root = StrictJson.read(document);
            var id = subscriptionId(root);
            return new Item(
                    0,
                    account.keyOf(id),
                    ImportedSubscription.eventKey(
                            account,
                            id,
                            time(root, "asOf"),
                            root.at("hash").required().glance().orElse("")),
                    ImportedSubscription.TYPE);
        } catch (RefusedException e) {
            return Item.unidentified(account, document);
        }
    }

    /**
     * Translates an imported subscription: its status as the gateway would report it, and the period that is paid for as an invoice
     * without money. Never throws.
     */
    public static Translation translate(AccountId account, Delivery delivery) {
        return Translation.orRefused(() -> {
            var root = StrictJson.read(delivery.body());
            var times = new Times(delivery.receivedAt());
            var asOf = times.occurred(time(root, "asOf"), "/asOf");
            var facts = new ArrayList<Fact>();
            var subscription = subscription(root, times);
            facts.add(subscription);
            facts.addAll(subscription.skus());
            if (root.at("paidUntil").isPresent()) {
                facts.add(paid(account, root, times));
                root.at("payment")
                        .id()
                        .ifPresent(payment -> facts.add(new Fact.Link(LinkKind.PAID_BY, account.keyOf(payment))));
            }
            facts.addAll(references(root.at("references")));
            return new EventContent(SEQUENCE, Optional.empty(), facts).translation(ImportedSubscription.TYPE, asOf);
        });
    }

    private static Fact.Subscription subscription(JsonField root, Times times) {
        return new Fact.Subscription(
                        subscriptionId(root),
                        status(root),
                        planned(root, "periodEnd", times),
                        planned(root, "trialEnd", times),
                        root.at("cancelScheduled").flag(),
                        planned(root, "cancelAt", times))
                .withGraceUntil(planned(root, "graceUntil", times))
                .withItems(root.at("items").elements().stream()
                        .map(ImportedSubscriptions::skus)
                        .toList());
    }

    /** The price is what is due, and nothing is paid: so no book and no receipt counts it. */
    private static Fact.Invoice paid(AccountId account, JsonField root, Times times) {
        var due = root.at("price").isPresent() ? price(root) : NO_AMOUNT;
        var from = planned(root, "paidFrom", times);
        var until = planned(root, "paidUntil", times);
        var lines = new ArrayList<Line>();
        root.at("items").elements().forEach(item -> lines.add(line(item).withPeriod(from, until)));
        if (lines.isEmpty()) {
            lines.add(Line.of(List.of(), 1, 0).withPeriod(from, until)); // what a reference to the product names
        }
        return new Fact.Invoice(
                        INVOICE,
                        InvoiceStatus.PAID,
                        Optional.of(account.keyOf(subscriptionId(root))),
                        due,
                        new Money(0, due.currency()),
                        from,
                        until)
                .with(new Breakdown(InvoiceReason.IMPORTED, 0, 0, 0, lines));
    }

    private static Line line(JsonField item) {
        return Line.of(skus(item), item.at("quantity").glanceCount().orElse(1L), 0);
    }

    private static List<String> skus(JsonField item) {
        return item.at("skus").elements().stream()
                .flatMap(sku -> sku.word(FactLengths.ID_MAX).stream())
                .toList();
    }

    private static SubscriptionStatus status(JsonField root) {
        var word = root.at("status").required().glance();
        return Arrays.stream(SubscriptionStatus.values())
                .filter(status -> word.equals(Optional.of(status.name())))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Reason.MALFORMED, "/status: not a status of a subscription"));
    }

    private static Money price(JsonField root) {
        return Amounts.ISO.ofUnits(
                root.at("price").number(Reason.INVALID_AMOUNT),
                root.at("currency").required().glance().orElse(""),
                "/price");
    }

    private static String subscriptionId(JsonField root) {
        return root.at("subscription").required().id().orElseThrow();
    }

    private static Optional<Instant> planned(JsonField root, String name, Times times) {
        return root.at(name).isPresent() ? Optional.of(times.planned(time(root, name), "/" + name)) : Optional.empty();
    }

    private static Instant time(JsonField root, String name) {
        var field = root.at(name).required();
        return Times.iso(field.glance().orElse(""), field.pointer());
    }

    private static List<Fact> references(JsonField words) {
        var found = new ArrayList<Fact>();
        for (var name : ReferenceName.values()) {
            if (words.at(name.key()).isPresent()) {
                found.add(References.reference(name, words.at(name.key())));
            }
        }
        return found;
    }
}

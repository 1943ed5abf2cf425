package ipn.gateway.apple;

import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.References;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a transaction. A transaction exists only after payment, so every notification that contains one proves the payment,
 * and for a subscription the paid period: if a notification is lost, the next one contains the same facts.
 */
final class Purchases {
    private static final int MILLIUNIT_DIGITS = 3;
    static final int SKU_LENGTH_MAX = 200;
    private static final String FROM = "purchaseDate";
    private static final String UNTIL = "expiresDate";
    private static final Amounts AMOUNTS = new Amounts(Map.of());

    /** ISO 4217: no currency. */
    private static final String NO_CURRENCY = "XXX";

    private Purchases() {}

    /** A charge, unless it is free. Only a subscription may lack the price: its status and its end prove the payment. */
    static EventContent charged(AppleEvent event) {
        if (event.isShared() || isTrial(event)) {
            return EventContent.NOTHING;
        }
        var amount = event.isSubscription() ? price(event) : Optional.of(requiredPrice(event));
        return new EventContent(0, amount, List.of());
    }

    /** The captured amount; empty if nothing was charged or the transaction has no price. */
    static Optional<Money> capturedAmount(AppleEvent event) {
        return event.isShared() ? Optional.empty() : price(event).filter(price -> price.minorUnits() > 0);
    }

    /**
     * The price in the transaction, 0 for a free offer.
     *
     * @throws RefusedException MISSING_FIELD if the price is absent; amounts are never guessed
     */
    static Money requiredPrice(AppleEvent event) {
        return price(event)
                .orElseThrow(() -> new RefusedException(
                        Reason.MISSING_FIELD, event.transaction().at("price").pointer() + ": missing"));
    }

    static Optional<Money> price(AppleEvent event) {
        var price = event.transaction().at("price");
        return price.isPresent()
                ? Optional.of(money(event, price, price.number(Reason.INVALID_AMOUNT)))
                : Optional.empty();
    }

    /** An amount of milliunits, thousandths of the currency's main unit whatever the currency. */
    static Money money(AppleEvent event, JsonField where, BigDecimal milliunits) {
        var currency = event.bought("currency").glance().orElse("");
        return AMOUNTS.ofMain(milliunits.movePointLeft(MILLIUNIT_DIGITS), currency, where.pointer());
    }

    /** True for a free trial period. */
    static boolean isTrial(AppleEvent event) {
        var free = event.transaction()
                .at("offerDiscountType")
                .glance()
                .filter("FREE_TRIAL"::equals)
                .isPresent();
        return event.isSubscription()
                && (free
                        || price(event).filter(price -> price.minorUnits() == 0).isPresent());
    }

    static List<Fact> paid(AppleEvent event) {
        var facts = new ArrayList<Fact>();
        capturedAmount(event).ifPresent(amount -> {
            facts.add(new Fact.Captured(event.transactionId(), amount, Optional.empty()));
            facts.add(invoice(event, amount));
        });
        if (facts.isEmpty() && isPeriodWithoutAmount(event)) {
            facts.add(invoice(event, new Money(0, NO_CURRENCY)));
        }
        return facts;
    }

    /** A period that a family member uses, or whose transaction lacks the price. */
    private static boolean isPeriodWithoutAmount(AppleEvent event) {
        return event.isSubscription()
                && event.transaction().at(UNTIL).isPresent()
                && (event.isShared() || !isTrial(event) && price(event).isEmpty());
    }

    /** A one-time purchase has neither a subscription nor, usually, an end. */
    private static Fact invoice(AppleEvent event, Money amount) {
        var renews = event.isSubscription();
        var from = event.time(renews ? event.bought(FROM) : event.transaction().at(FROM));
        var until =
                event.time(renews ? event.bought(UNTIL) : event.transaction().at(UNTIL));
        var subscription = renews ? Optional.of(event.key()) : Optional.<String>empty();
        var invoice =
                new Fact.Invoice(event.transactionId(), InvoiceStatus.PAID, subscription, amount, amount, from, until);
        return invoice.with(Lines.breakdown(event, invoice));
    }

    /** The product that the subscription is for now; the transaction may be an earlier one, such as one that is refunded. */
    static Optional<String> present(AppleEvent event) {
        return event.renewal().at("productId").word(SKU_LENGTH_MAX);
    }

    /** The subject, and Apple's product id as the SKU. */
    static List<Fact> words(AppleEvent event) {
        var facts = new ArrayList<Fact>();
        var subject = event.transaction().at(event.subject());
        if (subject.isPresent()) {
            facts.add(References.reference(ReferenceName.SUBJECT, subject));
        }
        event.transaction().at("productId").word(SKU_LENGTH_MAX).ifPresent(sku -> facts.add(new Fact.Sku(sku)));
        return facts;
    }
}

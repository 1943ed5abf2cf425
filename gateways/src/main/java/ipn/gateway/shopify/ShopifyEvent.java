package ipn.gateway.shopify;

import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.References;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One body, with what is needed to read it.
 *
 * @param contract name of the note attribute that holds a subscription contract's id
 * @param triggeredAt from a header that is not signed: used only for bodies that contain no time
 */
record ShopifyEvent(
        JsonField body,
        AccountId account,
        References references,
        String contract,
        Times times,
        Optional<String> triggeredAt) {
    private static final Amounts AMOUNTS = new Amounts(Map.of());

    JsonField at(String name) {
        return body.at(name);
    }

    /** A required id. */
    static String id(JsonField field) {
        return field.required().id().orElseThrow();
    }

    /** The payment key of a contract of this shop. */
    String contractKey(String id) {
        return account.keyOf("contract:" + id);
    }

    /**
     * The time of the event: the first of these fields that is present. A body that contains a time is never dated by a
     * header; otherwise an attacker could replay an old body as the newest.
     */
    Instant occurredAt(String... names) {
        for (var name : names) {
            var field = at(name);
            if (field.isPresent()) {
                return times.occurred(Times.isoOrSeconds(field), field.pointer());
            }
        }
        if (names.length > 0) {
            throw new RefusedException(Reason.MISSING_FIELD, at(names[0]).pointer() + ": missing");
        }
        return triggered();
    }

    private Instant triggered() {
        var place = ShopifyHeaders.place(ShopifyHeaders.TRIGGERED_AT);
        var text = triggeredAt.orElseThrow(
                () -> new RefusedException(Reason.MISSING_FIELD, place + ": missing or repeated"));
        return times.occurred(Times.iso(text, place), place);
    }

    /** A decimal {@code amount} with its {@code currency}. */
    static Money money(JsonField object) {
        return decimal(object.at("amount"), object.at("currency"));
    }

    /**
     * An amount of an order in the presentment currency, in which the customer pays. The order's transactions use the
     * same currency; the shop's own currency is only for the merchant's accounting.
     */
    Money presentment(String name) {
        return presentment(body, name);
    }

    /** The same of a part of the order, such as a line. */
    Money presentment(JsonField object, String name) {
        var asked = inPresentment(object, name);
        if (asked.isPresent()) {
            return decimal(asked.at("amount"), asked.at("currency_code"));
        }
        if (isAbroad()) {
            throw new RefusedException(Reason.MISSING_FIELD, asked.pointer() + ": missing");
        }
        return decimal(object.at(name), at("currency"));
    }

    /** True if a part of the order contains an amount in the presentment currency. */
    boolean hasPresentment(JsonField object, String name) {
        return inPresentment(object, name).isPresent()
                || !isAbroad() && object.at(name).isPresent();
    }

    private static JsonField inPresentment(JsonField object, String name) {
        return object.at(name + "_set").at("presentment_money");
    }

    /** True if the customer pays in another currency than the shop's. */
    private boolean isAbroad() {
        return at("presentment_currency")
                .glance()
                .filter(code -> !Optional.of(code).equals(at("currency").glance()))
                .isPresent();
    }

    private static Money decimal(JsonField amount, JsonField currency) {
        var written = amount.required().glance();
        var code = currency.required().glance().orElse("");
        return written.isPresent()
                ? AMOUNTS.ofDecimal(written.get(), code, amount.pointer())
                : AMOUNTS.ofMain(amount.number(Reason.INVALID_AMOUNT), code, amount.pointer());
    }
}

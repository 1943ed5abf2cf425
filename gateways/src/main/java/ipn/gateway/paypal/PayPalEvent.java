package ipn.gateway.paypal;

import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.GatewayIds;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One event, with what is needed to read it.
 *
 * @param resource a snapshot of the object that the event is about
 * @param index which of its payments to read, where it is about several
 */
record PayPalEvent(String type, JsonField resource, int index, AccountId account, Words words, Times times) {
    /** Currencies that PayPal takes without decimals, unlike ISO 4217 for some. */
    static final Amounts AMOUNTS = new Amounts(Map.of("HUF", 0, "JPY", 0, "TWD", 0));

    JsonField at(String name) {
        return resource.at(name);
    }

    /** A required id of the resource. */
    String id(String name) {
        return at(name).required().id().orElseThrow();
    }

    /** The id of the payment that the event is about. */
    String paymentId() {
        return PayPalKeys.payment(type, resource)
                .filter(GatewayIds::isId)
                .orElseThrow(() -> new RefusedException(
                        Reason.INVALID_ID, resource.pointer() + "/id: missing or invalid (expected: a payment id)"));
    }

    /** The payment key of another object of this account. */
    String key(String id) {
        return account.keyOf(id);
    }

    /** The amount of the resource. */
    Money amount() {
        return money(at("amount").required());
    }

    /** An amount in any of PayPal's formats: value and currency_code since v2, total or value and currency before. */
    Money money(JsonField amount) {
        return money(amount, false);
    }

    /** A refunded or reversed amount: some resources write it with a minus sign, some without. */
    Money moneyBack(JsonField amount) {
        return money(amount, true);
    }

    private static Money money(JsonField amount, boolean back) {
        var value = either(amount.at("value"), amount.at("total")).required();
        var currency = either(amount.at("currency_code"), amount.at("currency")).required();
        if (!value.node().isTextual()) {
            throw new RefusedException(Reason.INVALID_AMOUNT, value.pointer() + ": not a decimal in quotes");
        }
        var decimal = value.node().textValue();
        var unsigned = back && decimal.startsWith("-") ? decimal.substring(1) : decimal;
        return AMOUNTS.ofDecimal(unsigned, currency.glance().orElse(""), value.pointer());
    }

    private static JsonField either(JsonField one, JsonField other) {
        return one.isPresent() ? one : other;
    }

    /** PayPal's fee, where it is given in the currency of the amount. */
    Optional<Money> fee(JsonField fee, Money of) {
        return fee.isPresent()
                ? Optional.of(money(fee)).filter(money -> money.currency().equals(of.currency()))
                : Optional.empty();
    }

    /** A time of the resource that may be in the future. */
    Optional<Instant> time(JsonField field) {
        return field.isPresent()
                ? Optional.of(times.planned(Times.isoOrSeconds(field), field.pointer()))
                : Optional.empty();
    }

    /** The merchant's references in the resource. */
    List<Fact> merchantWords() {
        return words.in(resource);
    }
}

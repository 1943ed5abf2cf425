package ipn.gateway.mollie;

import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.References;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A payment, refund or chargeback of Mollie's API, with the values that its translation needs.
 *
 * @param object as the API shows it
 */
record MollieObject(JsonField object, AccountId account, References references, Times times) {
    /** Mollie writes exactly the decimals ISO 4217 has. */
    private static final Amounts AMOUNTS = new Amounts(Map.of());

    JsonField at(String name) {
        return object.at(name);
    }

    /** An embedded object, such as a refund. */
    MollieObject part(JsonField part) {
        return new MollieObject(part, account, references, times);
    }

    String id(String name) {
        return at(name).required().id().orElseThrow();
    }

    /** A required amount. */
    Money money(String name) {
        var amount = at(name).required();
        var value = amount.at("value").required();
        if (!value.node().isTextual()) {
            throw new RefusedException(Reason.INVALID_AMOUNT, value.pointer() + ": not a text such as 25.00");
        }
        var currency = amount.at("currency").required().glance().orElse("");
        return AMOUNTS.ofDecimal(value.node().textValue(), currency, value.pointer());
    }

    /**
     * Minor units of an amount that may be negative; empty where it is absent.
     *
     * @param currency that it must have
     */
    Optional<Long> signedUnits(String name, String currency) {
        var amount = at(name);
        if (!amount.isPresent()) {
            return Optional.empty();
        }
        var value = amount.at("value").required();
        var text = value.glance().orElse("");
        var negative = text.startsWith("-");
        var units = AMOUNTS.ofDecimal(
                negative ? text.substring(1) : text,
                amount.at("currency").glance().orElse(""),
                value.pointer());
        if (!units.currency().equals(currency)) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT, value.pointer() + ": in another currency than the payment");
        }
        return Optional.of(negative ? -units.minorUnits() : units.minorUnits());
    }

    Optional<Money> optionalMoney(String name) {
        return at(name).isPresent() ? Optional.of(money(name)) : Optional.empty();
    }

    /** When something happened; empty where it has not. */
    Optional<Instant> time(String name) {
        var field = at(name);
        return field.isPresent()
                ? Optional.of(times.occurred(Times.isoOrSeconds(field), field.pointer()))
                : Optional.empty();
    }

    String key(String id) {
        return account.keyOf(id);
    }

    /** The merchant's metadata, if it is an object; a plain text has no names. */
    List<Fact> metadata() {
        return references.in(List.of(at("metadata")));
    }

    /** Refunds and payments contain their mode, chargebacks do not. */
    void requireMode() {
        var mode = at("mode");
        if (mode.isPresent() && !mode.glance().equals(Optional.of(account.live() ? "live" : "test"))) {
            throw new RefusedException(
                    Reason.WRONG_MODE, mode.pointer() + ": not the mode of the account (see gateways.mollie)");
        }
    }

    RefusedException unknown(String name) {
        return new RefusedException(
                Reason.MALFORMED, at(name).pointer() + ": not a word known here (kept for a newer version)");
    }
}

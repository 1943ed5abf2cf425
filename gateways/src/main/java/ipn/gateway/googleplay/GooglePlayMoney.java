package ipn.gateway.googleplay;

import ipn.fact.Money;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.Map;

/** {@code google.type.Money}: whole units as text, and billionths; what is nothing is left out. */
final class GooglePlayMoney {
    private static final Amounts AMOUNTS = new Amounts(Map.of());
    private static final int NANO_DIGITS = 9;

    private GooglePlayMoney() {}

    /** @throws RefusedException MISSING_FIELD, INVALID_AMOUNT, UNKNOWN_CURRENCY or WRONG_EXPONENT */
    static Money read(JsonField money) {
        var currency = money.required().at("currencyCode").required().glance().orElse("");
        var units = whole(money.at("units"), "-?[0-9]{1,18}");
        var nanos = whole(money.at("nanos"), "-?[0-9]{1,9}").movePointLeft(NANO_DIGITS);
        if (units.signum() * nanos.signum() < 0) {
            throw invalid(money);
        }
        return AMOUNTS.ofMain(units.add(nanos), currency, money.pointer());
    }

    /** Money that must be in a currency. */
    static Money read(JsonField money, String currency) {
        var read = read(money);
        if (!read.currency().equals(currency)) {
            throw new RefusedException(Reason.INVALID_AMOUNT, money.pointer() + ": in another currency than the total");
        }
        return read;
    }

    /** The total less the tax in it, if there is any. */
    static Money without(Money total, JsonField tax) {
        if (!tax.isPresent()) {
            return total;
        }
        var rest = total.minorUnits() - read(tax, total.currency()).minorUnits();
        if (rest < 0) {
            throw invalid(tax);
        }
        return new Money(rest, total.currency());
    }

    private static BigDecimal whole(JsonField field, String form) {
        if (!field.isPresent()) {
            return BigDecimal.ZERO;
        }
        return field.glance()
                .filter(text -> text.matches(form))
                .map(BigDecimal::new)
                .orElseThrow(() -> invalid(field));
    }

    private static RefusedException invalid(JsonField field) {
        return new RefusedException(Reason.INVALID_AMOUNT, field.pointer() + ": not an amount of google.type.Money");
    }
}

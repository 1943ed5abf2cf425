package ipn.gateway.coinbase;

import ipn.fact.Money;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Decimal texts with their currency. USDC is a dollar at Coinbase, which redeems it one for one. */
final class CoinbaseAmounts {
    private static final Amounts AMOUNTS = new Amounts(Map.of());

    private CoinbaseAmounts() {}

    /** An object {@code {amount, currency}}; empty where there is none. */
    static Optional<Money> money(JsonField field) {
        return field.isPresent() ? Optional.of(money(field.at("amount"), field.at("currency"))) : Optional.empty();
    }

    static Money money(JsonField amount, JsonField currency) {
        return AMOUNTS.ofDecimal(decimalText(amount), currency(currency), amount.pointer());
    }

    /** The number in an object {@code {amount, currency}}, not yet rounded to the currency: payments are summed first. */
    static BigDecimal decimal(JsonField amount) {
        var text = decimalText(amount);
        if (!text.matches("[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            throw new RefusedException(Reason.INVALID_AMOUNT, amount.pointer() + ": not a decimal such as 25.00");
        }
        return new BigDecimal(text);
    }

    static Money money(BigDecimal sum, String currency, JsonField where) {
        return AMOUNTS.ofMain(sum, currency, where.pointer());
    }

    static String currency(JsonField field) {
        var code = field.required().glance().orElse("");
        return code.equals("USDC") ? "USD" : code;
    }

    private static String decimalText(JsonField amount) {
        if (!amount.required().node().isTextual()) {
            throw new RefusedException(Reason.INVALID_AMOUNT, amount.pointer() + ": not a text such as 25.00");
        }
        return amount.node().textValue();
    }
}

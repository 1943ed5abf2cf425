package ipn.simulator;

import ipn.fact.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Amounts as decimal texts of the main unit. */
final class Decimals {
    private Decimals() {}

    static String text(Money money) {
        var digits = Currency.getInstance(money.currency()).getDefaultFractionDigits();
        return BigDecimal.valueOf(money.minorUnits(), digits).toPlainString();
    }

    /** An object of the amount under {@code name}, and its currency. */
    static Map<String, @Nullable Object> object(String name, Money money) {
        return Json.object(name, text(money), "currency", money.currency());
    }
}

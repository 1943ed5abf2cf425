package ipn.simulator.template;

import ipn.fact.Money;
import java.math.BigDecimal;
import java.util.Currency;

/** Amounts in the main unit of their currency. */
public final class Decimals {
    private Decimals() {}

    public static BigDecimal of(Money money) {
        var digits = Math.max(0, Currency.getInstance(money.currency()).getDefaultFractionDigits());
        return BigDecimal.valueOf(money.minorUnits(), digits);
    }

    /** Digits without an exponent. */
    public static String text(Money money) {
        return of(money).toPlainString();
    }
}

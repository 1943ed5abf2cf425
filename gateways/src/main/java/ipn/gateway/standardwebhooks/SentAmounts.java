package ipn.gateway.standardwebhooks;

import ipn.fact.Money;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.standardwebhooks.Mapping.Unit;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.Map;

/** Reads a sender's amounts: whole numbers of the minor unit, or decimals of the main unit; as numbers or as texts. */
final class SentAmounts {
    private static final Amounts AMOUNTS = new Amounts(Map.of());

    private SentAmounts() {}

    /** A required amount of 0 or more. */
    static Money money(JsonField field, String currency, Unit unit) {
        var written = field.required().glance();
        if (unit == Unit.MAJOR) {
            return written.isPresent()
                    ? AMOUNTS.ofDecimal(written.get(), currency, field.pointer())
                    : AMOUNTS.ofMain(field.number(Reason.INVALID_AMOUNT), currency, field.pointer());
        }
        return AMOUNTS.ofUnits(number(field), currency, field.pointer());
    }

    /** Minor units of an amount that may be negative; 0 where it is absent. */
    static long signedUnits(JsonField field, String currency, Unit unit) {
        if (!field.isPresent()) {
            return 0;
        }
        var number = unit == Unit.MAJOR ? decimal(field) : number(field);
        var size = unit == Unit.MAJOR
                ? AMOUNTS.ofMain(number.abs(), currency, field.pointer())
                : AMOUNTS.ofUnits(number.abs(), currency, field.pointer());
        return number.signum() * size.minorUnits();
    }

    private static BigDecimal number(JsonField field) {
        return field.glance()
                .filter(text -> text.matches("-?[0-9]{1,18}"))
                .map(BigDecimal::new)
                .orElseGet(() -> field.number(Reason.INVALID_AMOUNT));
    }

    private static BigDecimal decimal(JsonField field) {
        return field.glance()
                .filter(text -> text.matches("-?[0-9]{1,18}(\\.[0-9]{1,6})?"))
                .map(BigDecimal::new)
                .orElseGet(() -> field.number(Reason.INVALID_AMOUNT));
    }
}

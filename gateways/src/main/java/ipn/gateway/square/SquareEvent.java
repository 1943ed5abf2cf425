package ipn.gateway.square;

import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * One event, with what is needed to read its object.
 *
 * @param object snapshot of the payment, refund, dispute, invoice or subscription
 * @param occurredAt when the object last changed or, without that, when the event was created
 */
record SquareEvent(String type, JsonField object, AccountId account, Words words, Times times, Instant occurredAt) {
    /** Greater than every rank: within one instant Square's version counts first, then the rank. */
    private static final long RANKS = 8;

    private static final BigDecimal LAST_VERSION = BigDecimal.valueOf(1_000_000_000_000_000L);

    /** Square counts in the minor units of ISO 4217. */
    static final Amounts AMOUNTS = new Amounts(Map.of());

    JsonField at(String name) {
        return object.at(name);
    }

    /** A required id of the object. */
    String id(String name) {
        return at(name).required().id().orElseThrow();
    }

    /** A required amount. */
    Money money(String name) {
        return money(at(name));
    }

    static Money money(JsonField money) {
        var amount = money.required().at("amount");
        return AMOUNTS.ofUnits(amount.number(Reason.INVALID_AMOUNT), currency(money), amount.pointer());
    }

    static String currency(JsonField money) {
        return money.at("currency").required().glance().orElse("");
    }

    /** The payment key of another object of this account. */
    String key(String id) {
        return account.keyOf(id);
    }

    /** The rank among the events of one instant. */
    long sequence(long rank) {
        var version = at("version");
        if (!version.isPresent()) {
            return rank;
        }
        var number = version.number(Reason.MALFORMED);
        if (number.signum() < 0
                || number.compareTo(LAST_VERSION) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw new RefusedException(Reason.MALFORMED, version.pointer() + ": not a version (expected: 0 to 10^15)");
        }
        return number.longValueExact() * RANKS + rank;
    }

    /** The start of a day in the object's time zone, or in UTC where it names none; empty where the field is absent. */
    Optional<Instant> date(String name) {
        var field = at(name);
        if (!field.isPresent()) {
            return Optional.empty();
        }
        try {
            var zone = ZoneId.of(at("timezone").glance().orElse("UTC"));
            var day = LocalDate.parse(field.glance().orElse(""));
            return Optional.of(times.planned(day.atStartOfDay(zone).toInstant(), field.pointer()));
        } catch (DateTimeException e) {
            throw new RefusedException(
                    Reason.INVALID_TIME,
                    field.pointer() + ": not a date such as 2026-09-01, or in an unknown time zone");
        }
    }
}

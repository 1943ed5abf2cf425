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
 * One event and what is needed to read its object.
 *
 * @param object the payment, refund, dispute, invoice or subscription as it stood
 * @param occurredAt when the object was last changed, or else when the event was made
 */
record SquareEvent(String type, JsonField object, AccountId account, Words words, Times times, Instant occurredAt) {
    /** Above every rank: within one instant Square's own version counts first, then what can only follow. */
    private static final long RANKS = 8;

    private static final BigDecimal LAST_VERSION = BigDecimal.valueOf(1_000_000_000_000_000L);

    /** Square counts in ISO's smallest units. */
    static final Amounts AMOUNTS = new Amounts(Map.of());

    JsonField at(String name) {
        return object.at(name);
    }

    /** An id of the object that has to be there. */
    String id(String name) {
        return at(name).required().id().orElseThrow();
    }

    /** An amount that has to be there. */
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

    /** The beginning of a day, where the object says which part of the world it means. */
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
                    Reason.INVALID_TIME, field.pointer() + ": not a date such as 2026-09-01, or in no known time zone");
        }
    }
}

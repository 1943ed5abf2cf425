package ipn.gateway.braintree;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.References;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One notification with the values that its translation needs.
 *
 * @param occurredAt its {@code timestamp}
 */
record BraintreeEvent(BraintreePayload subject, AccountId account, References words, Times times, Instant occurredAt) {
    /** Decimals as in ISO 4217. */
    private static final Amounts AMOUNTS = new Amounts(Map.of());

    JsonField entity() {
        return subject.entity();
    }

    /** A required id. */
    static String id(JsonField field) {
        return field.required().id().orElseThrow();
    }

    /** An optional id; an empty element counts as absent. */
    static Optional<String> optionalId(JsonField field) {
        return BraintreePayload.glance(field).isEmpty() ? Optional.empty() : field.id();
    }

    static Money money(JsonField amount, JsonField currency) {
        var code = currency.required().glance().orElse("");
        return AMOUNTS.ofDecimal(amount.required().glance().orElse(""), code, amount.pointer());
    }

    /** Decimal text as minor units. */
    static long minorUnits(String decimal, JsonField currency, String where) {
        return AMOUNTS.ofDecimal(decimal, currency.required().glance().orElse(""), where)
                .minorUnits();
    }

    /** {@code amount} of a transaction. */
    static Money money(JsonField transaction) {
        return money(transaction.at("amount"), transaction.at("currency-iso-code"));
    }

    /** The payment key of another object of this account. */
    String key(String id) {
        return account.keyOf(id);
    }

    /** The start of a day in UTC; dates have no time zone. */
    Optional<Instant> beginning(JsonField date) {
        return day(date)
                .map(day -> times.planned(day.atStartOfDay(ZoneOffset.UTC).toInstant(), date.pointer()));
    }

    /** The end of a day in the westernmost time zone: noon UTC of the next day, so that users keep the whole paid day. */
    Optional<Instant> end(JsonField date) {
        return day(date)
                .map(day -> times.planned(
                        day.plusDays(1).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC), date.pointer()));
    }

    private static Optional<LocalDate> day(JsonField date) {
        try {
            return BraintreePayload.glance(date).map(LocalDate::parse);
        } catch (DateTimeException e) {
            throw new RefusedException(Reason.INVALID_TIME, date.pointer() + ": not a date such as 2026-09-30");
        }
    }

    /** The merchant's references on a transaction: custom fields, the order, and by default the customer as the subject. */
    List<Fact> words(JsonField transaction) {
        var words = new ArrayList<>(this.words.in(List.of(transaction.at("custom-fields"))));
        add(words, ReferenceName.ORDER, transaction.at("order-id"));
        add(words, ReferenceName.SUBJECT, transaction.at("customer").at("id"));
        return words;
    }

    private static void add(List<Fact> words, ReferenceName name, JsonField field) {
        if (BraintreePayload.glance(field).isPresent()
                && words.stream().noneMatch(word -> word.id().equals(name.key()))) {
            words.add(References.reference(name, field));
        }
    }
}

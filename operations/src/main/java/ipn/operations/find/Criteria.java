package ipn.operations.find;

import ipn.avro.Decision;
import ipn.avro.FactRow;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.operations.decision.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to find: what matches each of the criteria that are given. Pure functions of one record each.
 *
 * @param text the beginning of a payment key, of an id of the gateway or of an order id, in any case; or the whole id of a user
 * @param money an amount that was authorized, captured, refunded, disputed or billed, or that an order expects
 * @param since only what happened at this time or later
 * @param account only this gateway ({@code stripe}) or account ({@code stripe/main})
 */
public record Criteria(
        Optional<SearchText> text, Optional<Money> money, Optional<Instant> since, Optional<String> account) {
    /** By what a payment matches; empty: it does not. */
    Optional<String> match(PaymentState state) {
        return !isOfAccount(state.getPaymentKey())
                        || !isInTime(newest(state))
                        || !money.map(sum -> amounts(state).anyMatch(sum::equals))
                                .orElse(true)
                ? Optional.empty()
                : text.map(wanted -> named(SearchName.of(state), wanted)).orElse(Optional.of("amount"));
    }

    /** Whether a payment fits the criteria besides the text, because something else names it. */
    boolean fitsWithoutText(PaymentState state) {
        return new Criteria(Optional.empty(), money, since, account)
                .match(state)
                .isPresent();
    }

    /** By what an order matches; empty: it does not. */
    Optional<String> match(Order order) {
        var fits = account.isEmpty() || isOfAccount(Objects.requireNonNullElse(order.getGatewayAccount(), "") + "/");
        if (!fits
                || !isInTime(order.getCreatedAt())
                || !money.map(sum -> sum.equals(new Money(order.getAmount(), order.getCurrency())))
                        .orElse(true)) {
            return Optional.empty();
        }
        return text.map(wanted -> named(SearchName.of(order), wanted)).orElse(Optional.of("amount"));
    }

    /** By what a decision matches; decisions are found by a text only. */
    Optional<String> match(Decision decision) {
        return isInTime(decision.getAt()) && money.isEmpty()
                ? text.flatMap(wanted -> named(SearchName.of(decision), wanted))
                : Optional.empty();
    }

    /** The text without its star: dead letters and bodies are searched for whole ids. */
    Optional<String> id() {
        return text.map(SearchText::id);
    }

    boolean isInTime(@Nullable Instant at) {
        return since.filter(earliest -> at == null || at.isBefore(earliest)).isEmpty();
    }

    boolean isOfAccount(String paymentKey) {
        return account.filter(only -> !paymentKey.startsWith(only + "/")).isEmpty();
    }

    private static Optional<String> named(Stream<SearchName> names, SearchText text) {
        return names.filter(name -> name.isFoundBy(text)).findFirst().map(SearchName::toString);
    }

    /** The amounts that a payment is found by; an index has the same. */
    public static Stream<Money> amounts(PaymentState state) {
        return Stream.of(
                        state.getTotals().stream()
                                .flatMap(total -> Stream.of(
                                                total.getCaptured(), total.getAuthorized(), total.getRefunded())
                                        .map(amount -> new Money(amount, total.getCurrency()))),
                        state.getFacts().stream()
                                .filter(fact -> fact.getAmount() != null && fact.getCurrency() != null)
                                .map(fact -> new Money(fact.getAmount(), fact.getCurrency())),
                        state.getInvoices().stream()
                                .map(invoice -> new Money(invoice.getPaid(), invoice.getCurrency())))
                .flatMap(each -> each);
    }

    /** When money was taken; else when something was last reported. */
    static @Nullable Instant time(PaymentState state) {
        return state.getCapturedAt() != null ? state.getCapturedAt() : newest(state);
    }

    /** When something was last reported; an index has the same. */
    public static @Nullable Instant newest(PaymentState state) {
        return state.getFacts().stream()
                .map(FactRow::getOccurredAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}

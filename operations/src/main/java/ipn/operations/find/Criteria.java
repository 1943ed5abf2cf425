package ipn.operations.find;

import ipn.avro.Decision;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.operations.decision.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to find: what matches each of the criteria that are given. Pure functions of one record each.
 *
 * @param text a part of a payment key, of an id of the gateway or of an order id, in any case; or the whole id of a user
 * @param money an amount that was authorized, captured, refunded, disputed or billed, or that an order expects
 * @param since only what happened at this time or later
 * @param account only this gateway ({@code stripe}) or account ({@code stripe/main})
 */
public record Criteria(
        Optional<String> text, Optional<Money> money, Optional<Instant> since, Optional<String> account) {
    /** Facts whose id is a word of ours, and none of the gateway. */
    private static final Set<FactKind> WITHOUT_ID =
            EnumSet.of(FactKind.UNKNOWN, FactKind.ATTEMPT, FactKind.LINK, FactKind.REFERENCE, FactKind.SKU);

    /** By what a payment matches; empty: it does not. */
    Optional<String> match(PaymentState state) {
        return !isOfAccount(state.getPaymentKey())
                        || !isInTime(newest(state))
                        || !money.map(sum -> has(state, sum)).orElse(true)
                ? Optional.empty()
                : text.map(part -> named(state, part)).orElse(Optional.of("amount"));
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
        return text.map(part -> Stream.of(
                                by("order", order.getOrderId(), part),
                                whole("user", order.getSubject(), part),
                                whole("reference", order.getReference(), part))
                        .flatMap(Optional::stream)
                        .findFirst())
                .orElse(Optional.of("amount"));
    }

    /** By what a decision matches; decisions are found by a text only. */
    Optional<String> match(Decision decision) {
        return isInTime(decision.getAt()) && money.isEmpty()
                ? text.flatMap(part -> Stream.of(
                                by("decision", decision.getDecisionId(), part),
                                whole("user", decision.getAbout(), part),
                                by("about", decision.getAbout(), part),
                                whole("user", decision.getToSubject(), part),
                                whole("user", decision.getSubject(), part))
                        .flatMap(Optional::stream)
                        .findFirst())
                : Optional.empty();
    }

    boolean isInTime(@Nullable Instant at) {
        return since.filter(earliest -> at == null || at.isBefore(earliest)).isEmpty();
    }

    boolean isOfAccount(String paymentKey) {
        return account.filter(only -> !paymentKey.startsWith(only + "/")).isEmpty();
    }

    private static Optional<String> named(PaymentState state, String part) {
        return Stream.of(
                        Stream.of(by("payment key", state.getPaymentKey(), part)),
                        state.getFacts().stream().map(fact -> byFact(fact, part)),
                        state.getInvoices().stream().map(invoice -> by("invoice", invoice.getId(), part)),
                        state.getLinks().stream().map(link -> by(lower(link.getKind()), link.getTarget(), part)),
                        Stream.of(by("order", state.getReferences().get("order"), part)),
                        state.getReferences().entrySet().stream()
                                .map(entry -> whole(
                                        entry.getKey().equals("subject") ? "user" : entry.getKey(),
                                        entry.getValue(),
                                        part)),
                        state.getFacts().stream().map(fact -> by("event", fact.getEventKey(), part)),
                        state.getEvents().stream().map(event -> by("event", event.getEventKey(), part)))
                .flatMap(each -> each)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> byFact(FactRow fact, String part) {
        return WITHOUT_ID.contains(fact.getKind()) ? Optional.empty() : by(lower(fact.getKind()), fact.getId(), part);
    }

    private static Optional<String> by(String what, @Nullable String id, String part) {
        return id != null && id.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT))
                ? Optional.of(what + " " + id)
                : Optional.empty();
    }

    private static Optional<String> whole(String what, @Nullable String id, String part) {
        return id != null && id.equalsIgnoreCase(part) ? Optional.of(what + " " + id) : Optional.empty();
    }

    private static boolean has(PaymentState state, Money sum) {
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
                .flatMap(each -> each)
                .anyMatch(sum::equals);
    }

    /** When money was taken; else when something was last reported. */
    static @Nullable Instant time(PaymentState state) {
        return state.getCapturedAt() != null ? state.getCapturedAt() : newest(state);
    }

    private static @Nullable Instant newest(PaymentState state) {
        return state.getFacts().stream()
                .map(FactRow::getOccurredAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static String lower(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

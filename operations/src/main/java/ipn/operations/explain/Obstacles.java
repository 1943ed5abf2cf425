package ipn.operations.explain;

import ipn.avro.AccessReason;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentStatus;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.explain.Explanation.Holding;
import ipn.operations.explain.Explanation.OrderDetails;
import ipn.operations.explain.Explanation.PaymentHistory;
import ipn.topics.TopicCatalogue;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What prevents an entitlement or its renewal, in sentences, the most decisive first. */
record Obstacles(
        List<Holding> holdings,
        List<PaymentHistory> payments,
        List<OrderDetails> orders,
        List<Discrepancy> discrepancies,
        List<DeadLetter> letters) {
    private static final Set<PaymentStatus> UNPAID = EnumSet.of(
            PaymentStatus.PENDING,
            PaymentStatus.AUTHORIZED,
            PaymentStatus.FAILED,
            PaymentStatus.CANCELED,
            PaymentStatus.EXPIRED);
    private static final Set<AccessReason> NOT_PAID = EnumSet.of(
            AccessReason.AWAITING_RENEWAL,
            AccessReason.PAYMENT_FAILED,
            AccessReason.UNPAID,
            AccessReason.EXPIRED,
            AccessReason.RAN_OUT,
            AccessReason.WITHDRAWN,
            AccessReason.UNKNOWN);

    /** Whether an entitlement is as it is because money is missing, rather than because of an event that its reason names. */
    static boolean mayDecide(Holding holding) {
        return NOT_PAID.contains(holding.last().getReason());
    }

    /** Problems that somebody must solve: open discrepancies and events that could not be processed. */
    List<String> problems() {
        return Stream.of(
                        mismatches(open -> open.getKind() != DiscrepancyKind.MISSING && !isAccepted(open)),
                        unprocessed(),
                        mismatches(open -> open.getKind() == DiscrepancyKind.MISSING),
                        mismatches(this::isAccepted))
                .flatMap(each -> each)
                .toList();
    }

    /** Payments and orders that bring no money yet. */
    List<String> unpaid() {
        return Stream.concat(unpaidPayments(), unpaidOrders()).toList();
    }

    private interface Which {
        boolean matches(Discrepancy open);
    }

    /** The newest first: it is more likely to be about the period that is missing. */
    private Stream<String> mismatches(Which which) {
        return discrepancies.stream()
                .filter(which::matches)
                .sorted(Comparator.comparing(Discrepancy::getAt).reversed())
                .map(open -> "%s: %s, open since %s."
                        .formatted(
                                open.getPaymentKey().isEmpty() ? "Order " + open.getOrder() : open.getPaymentKey(),
                                CodeTexts.mismatch(open),
                                open.getAt()));
    }

    /** Whether the payment grants access although the discrepancy is open. */
    private boolean isAccepted(Discrepancy open) {
        return holdings.stream()
                .flatMap(holding -> holding.claims().stream())
                .anyMatch(claim ->
                        claim.getPaymentKey().equals(open.getPaymentKey()) && claim.getDiscrepancy() == open.getKind());
    }

    private Stream<String> unprocessed() {
        return letters.stream()
                .filter(letter -> letter.status() != DeadLetter.Status.REPLAYED || !isProcessed(letter))
                .sorted(Comparator.comparing(DeadLetter::status))
                .map(letter -> "%s could not be processed (%s)%s: ipn dlq show %s"
                        .formatted(subject(letter), letter.reason(), decision(letter), letter.id()));
    }

    private boolean isProcessed(DeadLetter letter) {
        return payments.stream()
                .flatMap(payment -> payment.steps().stream())
                .anyMatch(step -> step.eventKey().equals(letter.eventKey())
                        && !step.kind().equals(OutcomeKind.UNPROCESSABLE.name()));
    }

    private String subject(DeadLetter letter) {
        if (letter.source().topic().endsWith(TopicCatalogue.ORDERS)) {
            return "Order " + letter.paymentKey();
        }
        var known = payments.stream().anyMatch(payment -> payment.paymentKey().equals(letter.paymentKey()));
        return "An event of " + letter.paymentKey() + (known ? "" : ", whose body names the user or an order,");
    }

    private static String decision(DeadLetter letter) {
        return switch (letter.status()) {
            case OPEN -> "";
            case REPLAYED -> " and was replayed, without a result yet";
            case DISCARDED -> " and was discarded";
            case PARKED -> " and was parked, because it had failed too often";
        };
    }

    /** Payments without money. One that decides an entitlement is already explained. */
    private Stream<String> unpaidPayments() {
        var decisive = holdings.stream()
                .map(holding -> Objects.requireNonNullElse(holding.last().getPaymentKey(), ""))
                .collect(Collectors.toSet());
        return payments.stream()
                .filter(payment -> !decisive.contains(payment.paymentKey()))
                .filter(payment -> payment.state()
                        .filter(state -> UNPAID.contains(state.getStatus()))
                        .isPresent())
                .map(payment -> "%s is %s: no money was taken."
                        .formatted(
                                payment.paymentKey(),
                                payment.state().orElseThrow().getStatus()));
    }

    private Stream<String> unpaidOrders() {
        return orders.stream()
                .filter(order -> order.matching().equals("EXPECTED"))
                .map(order -> "Order %s for %s has not been paid yet."
                        .formatted(order.order().getOrderId(), order.order().getProduct()));
    }
}

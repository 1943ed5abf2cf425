package ipn.operations.explain;

import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.avro.PaymentStatus;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.explain.Explanation.Holding;
import ipn.operations.explain.Explanation.OrderDetails;
import ipn.operations.explain.Explanation.PaymentHistory;
import ipn.operations.explain.evidence.Question;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answer in sentences: which entitlements the subject has and why; if one is missing or ended, what prevents it. */
record AnswerSentences(
        Question question,
        List<Holding> holdings,
        List<PaymentHistory> payments,
        List<OrderDetails> orders,
        List<Discrepancy> discrepancies,
        List<DeadLetter> letters) {
    private static final Set<EntitlementStatus> USABLE = EnumSet.of(EntitlementStatus.ACTIVE, EntitlementStatus.GRACE);
    private static final Set<PaymentStatus> UNPAID = EnumSet.of(
            PaymentStatus.PENDING,
            PaymentStatus.AUTHORIZED,
            PaymentStatus.FAILED,
            PaymentStatus.CANCELED,
            PaymentStatus.EXPIRED);

    List<String> sentences() {
        var sentences = new ArrayList<String>();
        holdings.forEach(holding -> sentences.add(sentence(holding)));
        holdings.forEach(holding -> holding.withheld()
                .ifPresent(withheld -> sentences.add(
                        "A revocation of %s (%s: %s) is withheld by the brake since %s: the entitlement stays as it is until the revocation is released."
                                .formatted(
                                        name(holding.last()),
                                        withheld.getReason(),
                                        CodeTexts.reason(withheld.getReason()),
                                        withheld.getSince()))));
        if (holdings.isEmpty()) {
            sentences.add("%s %s %s."
                    .formatted(
                            question.subject(),
                            question.past() ? "did not have" : "does not have",
                            question.entitlement().orElse("any entitlement")));
        }
        if (holdings.isEmpty()
                || holdings.stream()
                        .anyMatch(holding -> !USABLE.contains(holding.last().getStatus()))) {
            sentences.addAll(obstacles());
        }
        return List.copyOf(sentences);
    }

    private String sentence(Holding holding) {
        var last = holding.last();
        var by = last.getPaymentKey() == null ? "" : " (" + last.getPaymentKey() + ")";
        var why = CodeTexts.reason(last.getReason()) + by + (last.getTest() ? "; this is test money" : "");
        var until = last.getUntil() == null ? "without an end" : "until " + last.getUntil();
        var has = question.past() ? "had" : "has";
        return switch (last.getStatus()) {
            case ACTIVE -> "%s %s %s %s: %s.".formatted(subject(), has, name(last), until, why);
            case GRACE ->
                "%s %s %s in grace until %s: %s; it was paid %s."
                        .formatted(subject(), has, name(last), last.getGraceUntil(), why, until);
            case SUSPENDED ->
                "%s %s %s: suspended since %s, because %s."
                        .formatted(subject(), not(), name(last), last.getDecidedAt(), why);
            default ->
                "%s %s %s: it ended at %s, because %s."
                        .formatted(
                                subject(),
                                not(),
                                name(last),
                                Objects.requireNonNullElse(last.getUntil(), last.getDecidedAt()),
                                why);
        };
    }

    private String subject() {
        return question.subject();
    }

    private String not() {
        return question.past() ? "did not have" : "does not have";
    }

    private static String name(EntitlementEvent event) {
        return event.getScope() == null ? event.getEntitlement() : event.getEntitlement() + " for " + event.getScope();
    }

    /** What prevents the entitlement, as far as it is known. */
    private List<String> obstacles() {
        var reasons = Stream.of(mismatches(), unpaid(), unprocessed(), expected())
                .flatMap(each -> each)
                .toList();
        if (!reasons.isEmpty() || !holdings.isEmpty()) {
            return reasons;
        }
        return List.of(
                payments.isEmpty()
                        ? "No payment and no order names %s. (The gateway's metadata must name the subject; see 'references' in the settings.)"
                                .formatted(subject())
                        : "Payments were found, and no problem with them is known: %s."
                                .formatted(payments.stream()
                                        .map(PaymentHistory::paymentKey)
                                        .collect(Collectors.joining(", "))));
    }

    private Stream<String> mismatches() {
        return discrepancies.stream()
                .map(open -> "%s: %s, open since %s."
                        .formatted(
                                open.getPaymentKey().isEmpty() ? "Order " + open.getOrder() : open.getPaymentKey(),
                                CodeTexts.mismatch(open),
                                open.getAt()));
    }

    /** Payments without money. One that decides an entitlement is already explained. */
    private Stream<String> unpaid() {
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

    private Stream<String> unprocessed() {
        return letters.stream()
                .filter(letter -> letter.status() == DeadLetter.Status.OPEN)
                .map(letter -> "An event of %s could not be processed (%s): ipn dlq show %s"
                        .formatted(letter.paymentKey(), letter.reason(), letter.id()));
    }

    private Stream<String> expected() {
        return orders.stream()
                .filter(order -> order.matching().equals("EXPECTED"))
                .map(order -> "Order %s for %s has not been paid yet."
                        .formatted(order.order().getOrderId(), order.order().getProduct()));
    }
}

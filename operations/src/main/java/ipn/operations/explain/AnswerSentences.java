package ipn.operations.explain;

import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.avro.PaymentStatus;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.explain.Explanation.Holding;
import ipn.operations.explain.Explanation.OrderStory;
import ipn.operations.explain.Explanation.PaymentStory;
import ipn.operations.explain.evidence.Question;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answer in sentences: what holds and why; where nothing does, what there is instead. */
record AnswerSentences(
        Question question,
        List<Holding> holdings,
        List<PaymentStory> payments,
        List<OrderStory> orders,
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
        holdings.forEach(holding -> holding.held()
                .ifPresent(held -> sentences.add(
                        "A revocation of %s (%s: %s) is withheld by the brake since %s: until it is released, what was told last holds."
                                .formatted(
                                        name(holding.last()),
                                        held.getReason(),
                                        CodeTexts.reason(held.getReason()),
                                        held.getSince()))));
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
            sentences.addAll(instead());
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

    /** What keeps the subject from having it, as far as it can be seen. */
    private List<String> instead() {
        var reasons = Stream.of(mismatches(), unpaid(), unread(), expected())
                .flatMap(each -> each)
                .toList();
        if (!reasons.isEmpty() || !holdings.isEmpty()) {
            return reasons;
        }
        return List.of(
                payments.isEmpty()
                        ? "No payment is known that names %s, and no order of theirs (the gateway's metadata must name the subject; see 'references' in the settings)."
                                .formatted(subject())
                        : "Payments are known, and nothing is known to be wrong with them: %s."
                                .formatted(payments.stream()
                                        .map(PaymentStory::paymentKey)
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

    /** A payment that took no money, and is nobody's decision yet. */
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

    private Stream<String> unread() {
        return letters.stream()
                .filter(letter -> letter.status() == DeadLetter.Status.OPEN)
                .map(letter -> "An event of %s could not be processed (%s): ipn dlq show %s"
                        .formatted(letter.paymentKey(), letter.reason(), letter.id()));
    }

    private Stream<String> expected() {
        return orders.stream()
                .filter(order -> order.matching().equals("EXPECTED"))
                .map(order -> "Order %s for %s is expected to be paid, and nothing has come."
                        .formatted(order.order().getOrderId(), order.order().getProduct()));
    }
}

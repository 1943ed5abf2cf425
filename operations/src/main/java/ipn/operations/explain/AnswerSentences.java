package ipn.operations.explain;

import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.decision.DecisionView;
import ipn.operations.explain.Explanation.Holding;
import ipn.operations.explain.Explanation.OrderDetails;
import ipn.operations.explain.Explanation.PaymentHistory;
import ipn.operations.explain.evidence.Question;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    List<String> sentences() {
        var sentences = new ArrayList<String>();
        holdings.forEach(
                holding -> sentences.add(sentence(holding) + new PurchaseSentence(holding, question.at()).text()));
        var obstacles = obstacles();
        var decided = headline(sentences, obstacles);
        holdings.forEach(holding -> holding.withheld()
                .ifPresent(withheld -> sentences.add(
                        "A revocation of %s (%s: %s) is withheld by the brake since %s: the entitlement stays as it is until the revocation is released."
                                .formatted(
                                        name(holding.last()),
                                        withheld.getReason(),
                                        CodeTexts.reason(withheld.getReason()),
                                        withheld.getSince()))));
        sentences.addAll(decided ? obstacles.subList(1, obstacles.size()) : obstacles);
        if (holdings.isEmpty() && obstacles.isEmpty()) {
            sentences.add(nothingKnown());
        }
        return List.copyOf(sentences);
    }

    /** Adds the first obstacle to the sentence that it explains. Returns whether there is such a sentence. */
    private boolean headline(List<String> sentences, List<String> obstacles) {
        if (holdings.isEmpty()) {
            sentences.add("%s %s %s."
                    .formatted(
                            question.subject(),
                            question.past() ? "did not have" : "does not have",
                            question.entitlement().orElse("any entitlement")));
        }
        for (var index = 0; index < sentences.size(); index++) {
            if (!obstacles.isEmpty() && (holdings.isEmpty() || Obstacles.mayDecide(holdings.get(index)))) {
                sentences.set(index, sentences.get(index) + " " + obstacles.get(0));
                return true;
            }
        }
        return false;
    }

    private String sentence(Holding holding) {
        var last = holding.last();
        var by = last.getPaymentKey() == null ? "" : " (" + last.getPaymentKey() + ")";
        var why = holding.decision()
                        .flatMap(view -> reason(last, by, view))
                        .orElseGet(() -> CodeTexts.reason(last.getReason()) + by)
                + (last.getTest() ? "; this is test money" : "");
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

    /** A decision in the place of the reason; for the user who got a purchase, beside it. */
    private Optional<String> reason(EntitlementEvent last, String by, DecisionView view) {
        return PersonalDecision.clause(view)
                .map(clause -> subject().equals(view.decision().getToSubject())
                        ? "%s%s; %s had bought it, and %s"
                                .formatted(
                                        CodeTexts.reason(last.getReason()),
                                        by,
                                        view.decision().getAbout(),
                                        clause)
                        : clause);
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

    /** What prevents an entitlement, as far as it is known; of a user who may use all of them, only the open problems. */
    private List<String> obstacles() {
        var known = new Obstacles(holdings, payments, orders, discrepancies, letters);
        var complete = !holdings.isEmpty()
                && holdings.stream()
                        .allMatch(holding -> USABLE.contains(holding.last().getStatus()));
        return complete
                ? known.problems()
                : Stream.concat(known.problems().stream(), known.unpaid().stream())
                        .toList();
    }

    private String nothingKnown() {
        if (payments.isEmpty() && orders.isEmpty()) {
            return "No payment and no order names %s. (The gateway's metadata must name the subject; see 'references' in the settings.)"
                    .formatted(subject());
        }
        return "No problem is known with these payments and orders: %s."
                .formatted(Stream.concat(
                                payments.stream().map(PaymentHistory::paymentKey),
                                orders.stream()
                                        .map(order -> "order %s (%s)"
                                                .formatted(order.order().getOrderId(), order.matching())))
                        .collect(Collectors.joining(", ")));
    }
}

package ipn.app.output;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.EntitlementEvent;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.decision.DecisionView;
import ipn.operations.explain.CodeTexts;
import ipn.operations.explain.Explanation;
import ipn.operations.explain.Explanation.Holding;
import ipn.operations.explain.Explanation.OrderDetails;
import ipn.operations.topic.Position;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An explanation as indented text: the answer first, then the evidence, each item below the one that it explains. */
public final class ExplanationText {
    private final IndentedText lines = new IndentedText();

    private ExplanationText() {}

    public static List<String> lines(Explanation explanation) {
        var text = new ExplanationText();
        explanation.answer().forEach(sentence -> text.lines.add(0, sentence));
        explanation.entitlements().forEach(text::entitlement);
        text.part("Payments", explanation.payments(), each -> PaymentText.write(text.lines, each));
        text.part("Orders", explanation.orders(), text::order);
        text.part("Open discrepancies", explanation.discrepancies(), text::discrepancy);
        text.part("Dead letters", explanation.deadLetters(), text::letter);
        text.part("Decisions", explanation.decisions(), text::decision);
        text.part("Notes", explanation.notes(), note -> text.lines.add(1, note));
        text.part("Missing", explanation.missing(), gap -> text.lines.add(1, gap));
        return text.lines.toList();
    }

    private void decision(DecisionView view) {
        lines.add(
                1,
                "%s: %s [%s]"
                        .formatted(
                                view.decision().getDecisionId(), DecisionText.line(view.decision()), view.meaning()));
    }

    private interface Writer<T> {
        void write(T part);
    }

    private <T> void part(String title, List<T> parts, Writer<T> writer) {
        if (!parts.isEmpty()) {
            lines.gap().add(0, title);
            parts.forEach(writer::write);
        }
    }

    private void entitlement(Holding holding) {
        var last = holding.last();
        lines.gap().add(0, name(last) + ": " + status(last));
        lines.add(
                1,
                "since %s, revision %d, because %s (%s)"
                        .formatted(
                                last.getDecidedAt(),
                                last.getRevision(),
                                CodeTexts.reason(last.getReason()),
                                last.getReason()));
        lines.add(1, "caused by %s, raw record %s".formatted(cause(last.getCause()), source(last.getCause())));
        lines.add(
                1,
                Stream.of(
                                "decided by " + orNone(holding.decides().orElse(last.getPaymentKey())),
                                named("product", last.getProduct()),
                                named("order", last.getOrder()),
                                matching(last.getDiscrepancy()),
                                named("policy", last.getPolicyVersion()),
                                last.getTest() ? "test money" : "")
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ")));
        holding.decision()
                .ifPresent(view -> lines.add(
                        1,
                        "by the decision %s: %s; to undo it: ipn decision undo %s --why '...'"
                                .formatted(
                                        view.decision().getDecisionId(),
                                        DecisionText.line(view.decision()),
                                        view.decision().getDecisionId())));
        holding.withheld()
                .ifPresent(revocation -> lines.add(
                        1,
                        "withheld: %s because %s (%s), since %s, by %s"
                                .formatted(
                                        revocation.getType(),
                                        CodeTexts.reason(revocation.getReason()),
                                        revocation.getReason(),
                                        revocation.getSince(),
                                        cause(revocation.getCause()))));
        if (!holding.claims().isEmpty()) {
            lines.add(1, "claims");
            holding.claims().forEach(claim -> claim(claim, holding));
        }
        history(holding);
    }

    private void claim(Claim claim, Holding holding) {
        var paid = claim.getAmount() == null || claim.getCurrency() == null
                ? ""
                : ", " + Amount.shown(claim.getAmount(), claim.getCurrency());
        var refunded = claim.getRefunded() == 0 || claim.getCurrency() == null
                ? ""
                : ", %s refunded".formatted(Amount.shown(claim.getRefunded(), claim.getCurrency()));
        var decides = holding.decides().filter(claim.getClaimKey()::equals).isPresent() ? " <- decides" : "";
        lines.add(
                2,
                "%s: %s %s%s%s%s%s, %s%s"
                        .formatted(
                                claim.getClaimKey(),
                                claim.getKind(),
                                claim.getStatus(),
                                period(claim.getFrom(), claim.getUntil()),
                                paid,
                                refunded,
                                claim.getOrder() == null ? "" : ", order " + claim.getOrder(),
                                matching(claim.getDiscrepancy()),
                                decides));
    }

    private void history(Holding holding) {
        lines.add(1, "history");
        if (holding.olderGone()) {
            lines.add(2, "(older changes no longer exist)");
        }
        holding.history()
                .forEach(event -> lines.add(
                        2,
                        "%d %s at %s: %s, because %s, by %s"
                                .formatted(
                                        event.getRevision(),
                                        event.getType(),
                                        event.getDecidedAt(),
                                        status(event),
                                        CodeTexts.reason(event.getReason()),
                                        cause(event.getCause()))));
    }

    private void order(OrderDetails details) {
        var order = details.order();
        lines.add(
                1,
                "%s: %s for %s, %s"
                        .formatted(
                                order.getOrderId(),
                                Amount.shown(order.getAmount(), order.getCurrency()),
                                order.getProduct()
                                        + (order.getReference() == null
                                                ? ""
                                                : " (reference %s)".formatted(order.getReference())),
                                details.matching()));
        lines.add(
                2,
                "placed %s%s%s%s"
                        .formatted(
                                order.getCreatedAt(),
                                order.getPayBy() == null ? "" : ", pay by " + order.getPayBy(),
                                order.getGatewayAccount() == null ? "" : ", account " + order.getGatewayAccount(),
                                order.getLive() ? "" : ", test order"));
        lines.add(
                2,
                details.payments().isEmpty()
                        ? "no payment names this order"
                        : "named by " + String.join(", ", details.payments()));
        details.decisions().forEach(view -> lines.add(2, DecisionText.past(view.decision())));
    }

    private void discrepancy(Discrepancy open) {
        var about = open.getPaymentKey().isEmpty() ? "order " + open.getOrder() : open.getPaymentKey();
        lines.add(1, "%s: %s, open since %s".formatted(about, CodeTexts.mismatch(open), open.getAt()));
        lines.add(2, "opened by %s, policy %s".formatted(cause(open.getCause()), open.getPolicyVersion()));
    }

    private void letter(DeadLetter letter) {
        lines.add(
                1,
                "%s, payment %s: %s, %s; see ipn dlq show %s"
                        .formatted(
                                letter.eventKey(), letter.paymentKey(), letter.reason(), letter.status(), letter.id()));
    }

    private static String name(EntitlementEvent event) {
        return event.getScope() == null ? event.getEntitlement() : event.getEntitlement() + " for " + event.getScope();
    }

    private static String status(EntitlementEvent event) {
        var grace = event.getGraceUntil() == null ? "" : ", in grace until " + event.getGraceUntil();
        return event.getStatus() + period(event.getFrom(), event.getUntil()) + grace;
    }

    static String period(@Nullable Instant from, @Nullable Instant until) {
        return (from == null ? "" : " from " + from) + (until == null ? "" : " until " + until);
    }

    private static String cause(Cause cause) {
        return cause.getByClock() ? "the clock, after " + cause.getEventKey() : cause.getEventKey();
    }

    private static Position source(Cause cause) {
        return Position.of(cause);
    }

    private static String named(String what, @Nullable String name) {
        return name == null || name.isEmpty() ? "" : what + " " + name;
    }

    private static String matching(@Nullable DiscrepancyKind discrepancy) {
        return discrepancy == null ? "MATCHED" : discrepancy.name();
    }

    private static String orNone(@Nullable String text) {
        return text == null ? "no payment" : text;
    }
}

package ipn.app.output;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.EntitlementEvent;
import ipn.operations.deadletter.DeadLetter;
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

/** An explanation as a story: the answer first, then what is behind it, each thing below what it explains. */
public final class ExplanationText {
    private final Indented story = new Indented();

    private ExplanationText() {}

    public static List<String> lines(Explanation explanation) {
        var text = new ExplanationText();
        explanation.answer().forEach(sentence -> text.story.add(0, sentence));
        explanation.entitlements().forEach(text::holding);
        text.part("Payments behind it", explanation.payments(), each -> PaymentText.tell(text.story, each));
        text.part("Orders", explanation.orders(), text::order);
        text.part("Open discrepancies", explanation.discrepancies(), text::discrepancy);
        text.part("Dead letters", explanation.deadLetters(), text::letter);
        text.part("To be known with it", explanation.notes(), note -> text.story.add(1, note));
        text.part("Missing", explanation.missing(), gap -> text.story.add(1, gap));
        return text.story.lines();
    }

    private interface Telling<T> {
        void tell(T part);
    }

    private <T> void part(String title, List<T> parts, Telling<T> each) {
        if (!parts.isEmpty()) {
            story.gap().add(0, title);
            parts.forEach(each::tell);
        }
    }

    private void holding(Holding holding) {
        var last = holding.last();
        story.gap().add(0, name(last) + ": " + status(last));
        story.add(
                1,
                "since %s, revision %d, because %s (%s)"
                        .formatted(
                                last.getDecidedAt(),
                                last.getRevision(),
                                CodeTexts.reason(last.getReason()),
                                last.getReason()));
        story.add(1, "told by %s, raw record %s".formatted(cause(last.getCause()), source(last.getCause())));
        story.add(
                1,
                Stream.of(
                                "decided by " + orNone(holding.decides().orElse(last.getPaymentKey())),
                                named("product", last.getProduct()),
                                named("order", last.getOrder()),
                                matching(last.getDiscrepancy()),
                                "policy " + last.getPolicyVersion(),
                                last.getTest() ? "test money" : "")
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ")));
        holding.withheld()
                .ifPresent(held -> story.add(
                        1,
                        "withheld: %s because %s (%s), since %s, by %s"
                                .formatted(
                                        held.getType(),
                                        CodeTexts.reason(held.getReason()),
                                        held.getReason(),
                                        held.getSince(),
                                        cause(held.getCause()))));
        if (!holding.claims().isEmpty()) {
            story.add(1, "claims");
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
                : ", %s given back".formatted(Amount.shown(claim.getRefunded(), claim.getCurrency()));
        var decides = holding.decides().filter(claim.getClaimKey()::equals).isPresent() ? " <- decides" : "";
        story.add(
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
        story.add(1, "history");
        if (holding.olderGone()) {
            story.add(2, "(older changes are no longer kept)");
        }
        holding.history()
                .forEach(event -> story.add(
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

    private void order(OrderDetails story) {
        var order = story.order();
        this.story.add(
                1,
                "%s: %s for %s, %s"
                        .formatted(
                                order.getOrderId(),
                                Amount.shown(order.getAmount(), order.getCurrency()),
                                order.getProduct()
                                        + (order.getReference() == null ? "" : " of " + order.getReference()),
                                story.matching()));
        this.story.add(
                2,
                "placed %s%s%s%s"
                        .formatted(
                                order.getCreatedAt(),
                                order.getPayBy() == null ? "" : ", to be paid by " + order.getPayBy(),
                                order.getGatewayAccount() == null ? "" : ", at " + order.getGatewayAccount(),
                                order.getLive() ? "" : ", a test order"));
        this.story.add(
                2,
                story.payments().isEmpty() ? "no payment names it" : "named by " + String.join(", ", story.payments()));
    }

    private void discrepancy(Discrepancy open) {
        var about = open.getPaymentKey().isEmpty() ? "order " + open.getOrder() : open.getPaymentKey();
        story.add(1, "%s: %s, open since %s".formatted(about, CodeTexts.mismatch(open), open.getAt()));
        story.add(2, "opened by %s, policy %s".formatted(cause(open.getCause()), open.getPolicyVersion()));
    }

    private void letter(DeadLetter letter) {
        story.add(
                1,
                "%s of %s: %s, %s: ipn dlq show %s"
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
        return name == null ? "" : what + " " + name;
    }

    private static String matching(@Nullable DiscrepancyKind discrepancy) {
        return discrepancy == null ? "MATCHED" : discrepancy.name();
    }

    private static String orNone(@Nullable String text) {
        return text == null ? "no payment" : text;
    }
}

package ipn.gateway.square;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.Link;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Unknown;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code payment.*} events; the object is a snapshot of the payment. Square sends one for every change; the fee
 * comes last.
 */
final class Payments {
    private static final Set<String> RISK_LEVELS = Set.of("NORMAL", "MODERATE", "HIGH");

    private Payments() {}

    static EventContent snapshot(SquareEvent event) {
        var status = event.at("status").required();
        var content = switch (status.glance().orElse("")) {
            case "APPROVED" -> authorized(event);
            case "COMPLETED" -> captured(event);
            case "PENDING" -> attempt(event, AttemptStatus.PENDING);
            case "FAILED" -> attempt(event, AttemptStatus.FAILED);
            case "CANCELED" -> attempt(event, AttemptStatus.CANCELED);
            default -> throw Unknown.status(status);
        };
        var words = event.words().ofPayment(event.object());
        return content.and(fraud(event)).and(words).and(orderLink(event));
    }

    private static EventContent authorized(SquareEvent event) {
        var amount =
                event.at("approved_money").isPresent() ? event.money("approved_money") : event.money("total_money");
        return EventContent.of(event.sequence(0), amount, new Fact.Authorized(event.id("id"), amount));
    }

    /**
     * A captured payment. Square gives the sum of its refunds. Of two snapshots of the same instant, the one with more
     * data (more refunded, fee present) is the later one.
     */
    private static EventContent captured(SquareEvent event) {
        var amount = event.money("total_money");
        var fee = fee(event, amount.currency());
        var captured = new Fact.Captured(event.id("id"), amount, fee);
        if (!event.at("refunded_money").isPresent()) {
            return EventContent.of(fee.isPresent() ? 1 : 0, amount, captured);
        }
        var refunded = event.money("refunded_money");
        return EventContent.of(2 * refunded.minorUnits() + (fee.isPresent() ? 1 : 0), amount, captured)
                .and(List.of(new Fact.RefundTotal(event.id("id"), refunded)));
    }

    /**
     * Square's fee, including corrections. Empty until Square sends it, where it is in another currency, or where the
     * corrections exceed the fee.
     */
    private static Optional<Money> fee(SquareEvent event, String currency) {
        var parts = event.at("processing_fee").elements().stream()
                .map(part -> part.at("amount_money").required())
                .toList();
        if (parts.isEmpty()
                || !parts.stream().allMatch(money -> SquareEvent.currency(money).equals(currency))) {
            return Optional.empty();
        }
        var sum = parts.stream().mapToLong(Payments::signed).sum();
        if (sum < 0) {
            return Optional.empty();
        }
        return Optional.of(SquareEvent.AMOUNTS.ofUnits(
                BigDecimal.valueOf(sum), currency, event.at("processing_fee").pointer()));
    }

    /** An amount with its sign: a correction may be negative. */
    private static long signed(JsonField money) {
        var amount = money.at("amount");
        var number = amount.number(Reason.INVALID_AMOUNT);
        var size = SquareEvent.AMOUNTS.ofUnits(number.abs(), SquareEvent.currency(money), amount.pointer());
        return number.signum() * size.minorUnits();
    }

    private static EventContent attempt(SquareEvent event, AttemptStatus status) {
        var errors = event.at("card_details").at("errors").elements();
        var reason = errors.isEmpty() ? "" : errors.get(0).at("code").code();
        return EventContent.of(
                event.sequence(Ranks.of(status)),
                event.money("total_money"),
                new Fact.Attempt(event.id("id"), status, reason));
    }

    /**
     * The fraud flag for a risk level. Square may change the level, so each level sets or clears the flag; {@code
     * PENDING} is not a level yet.
     */
    private static List<Fact> fraud(SquareEvent event) {
        var level = event.at("risk_evaluation").at("risk_level").code();
        return RISK_LEVELS.contains(level)
                ? List.of(new Fact.FraudFlag(event.id("id"), level.equals("HIGH"), level))
                : List.of();
    }

    /**
     * Links a payment of an invoice to the invoice's order. Square marks most such payments with product {@code
     * INVOICES}; none of them has a reference of the merchant, so a payment without references is linked, too.
     */
    private static List<Fact> orderLink(SquareEvent event) {
        var product = event.at("application_details").at("square_product").glance();
        var withoutReferences =
                !event.at("reference_id").isPresent() && !event.at("note").isPresent();
        return withoutReferences || product.filter("INVOICES"::equals).isPresent()
                ? event.at("order_id").id().stream()
                        .map(order -> (Fact) new Link(LinkKind.PAYS, event.key(order)))
                        .toList()
                : List.of();
    }
}

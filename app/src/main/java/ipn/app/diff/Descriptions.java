package ipn.app.diff;

import ipn.avro.AccessReason;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.avro.Entitlement;
import ipn.avro.NotificationCommand;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What counts of a record when two runs are compared. Left out is what depends on when something was processed, and on how often it changed:
 * causes, revisions, times of decision and versions of policy.
 */
final class Descriptions {
    private Descriptions() {}

    /** Everything that is derived from the facts, without facts and events themselves. */
    static Described payment(PaymentState state) {
        var fields = new TreeMap<String, String>();
        put(fields, "status", state.getStatus());
        put(fields, "live", state.getLive());
        put(fields, "shadow", state.getShadow());
        put(fields, "dispute", state.getDisputeStatus());
        put(fields, "fraud flagged", state.getFraudFlagged());
        put(fields, "captured at", state.getCapturedAt());
        put(fields, "refunded at", state.getRefundedAt());
        put(fields, "disputed at", state.getDisputedAt());
        put(fields, "subscription", state.getSubscription());
        state.getTotals().forEach(totals -> put(fields, "totals " + totals.getCurrency(), totals(totals)));
        state.getInvoices().forEach(invoice -> put(fields, "invoice " + invoice.getId(), invoice));
        state.getReferences().forEach((name, value) -> put(fields, "reference " + name, value));
        put(fields, "skus", state.getSkus().isEmpty() ? null : String.join(" ", state.getSkus()));
        state.getLinks().forEach(link -> put(fields, "link " + link.getTarget(), link.getKind()));
        var money = new TreeMap<String, Long>();
        state.getTotals().forEach(totals -> money.put(totals.getCurrency(), totals.getCaptured()));
        return new Described(state.getReferences().getOrDefault("subject", ""), fields, money);
    }

    private static String totals(Totals totals) {
        return "authorized %d, captured %d, refunded %d, disputed %d, lost %d, fees %d"
                .formatted(
                        totals.getAuthorized(),
                        totals.getCaptured(),
                        totals.getRefunded(),
                        totals.getDisputed(),
                        totals.getLost(),
                        totals.getFees());
    }

    /** Empty where all claims were withdrawn: whether any access was emitted before depends on the order of arrival. */
    static Optional<Described> entitlement(Entitlement entitlement) {
        var last = entitlement.getLast();
        if (last.getReason() == AccessReason.WITHDRAWN) {
            return Optional.empty();
        }
        var fields = new TreeMap<String, String>();
        put(fields, "status", last.getStatus());
        put(fields, "reason", last.getReason());
        put(fields, "from", last.getFrom());
        put(fields, "until", last.getUntil());
        put(fields, "grace until", last.getGraceUntil());
        put(fields, "product", last.getProduct());
        put(fields, "payment", last.getPaymentKey());
        put(fields, "order", last.getOrder());
        put(fields, "accepted discrepancy", last.getDiscrepancy());
        put(fields, "test", last.getTest());
        var withheld = entitlement.getWithheld();
        put(fields, "withheld", withheld == null ? null : withheld.getType());
        return Optional.of(new Described(last.getSubject(), fields, Map.of()));
    }

    /** Empty where it is closed because its cause is gone: as if it had never been. */
    static Optional<Described> discrepancy(Discrepancy discrepancy) {
        if (discrepancy.getState() != DiscrepancyState.OPEN && discrepancy.getDecision() == null) {
            return Optional.empty();
        }
        var fields = new TreeMap<String, String>();
        put(fields, "state", discrepancy.getState());
        put(fields, "kind", discrepancy.getKind());
        put(fields, "product", discrepancy.getProduct());
        put(fields, "expected", discrepancy.getExpected());
        put(fields, "actual", discrepancy.getActual());
        put(fields, "decision", discrepancy.getDecision());
        return Optional.of(new Described(Objects.requireNonNullElse(discrepancy.getSubject(), ""), fields, Map.of()));
    }

    static Described notification(NotificationCommand command) {
        var fields = new TreeMap<String, String>();
        put(fields, "kind", command.getKind());
        put(fields, "entitlement", command.getEntitlement());
        put(fields, "product", command.getProduct());
        put(fields, "amount", command.getAmount());
        put(fields, "until", command.getUntil());
        put(fields, "action", command.getAction());
        var money = command.getAmount() == null || command.getCurrency() == null
                ? Map.<String, Long>of()
                : Map.of(command.getCurrency(), command.getAmount());
        return new Described(command.getSubject(), fields, money);
    }

    static Described sum(String currency, long amount) {
        return new Described("", Map.of("amount", Long.toString(amount)), Map.of(currency, amount));
    }

    static Described deadLetter(String topic, String reason, String gateway) {
        return new Described("", Map.of("topic", topic, "reason", reason, "gateway", gateway), Map.of());
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }
}

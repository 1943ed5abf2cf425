package ipn.processor;

import ipn.avro.Invoice;
import ipn.avro.Link;
import ipn.avro.PaymentState;
import ipn.avro.RefundedLine;
import ipn.avro.Subscription;
import ipn.fact.Fact;
import ipn.gateway.AccountId;
import ipn.gateway.Accounts;
import ipn.gateway.Word;
import ipn.processor.payment.FactKey;
import ipn.processor.payment.Invoices;
import ipn.processor.payment.Invoices.ReversibleInvoice;
import ipn.processor.payment.Payment;
import ipn.processor.payment.PaymentStatusRule;
import ipn.processor.payment.PaymentView;
import ipn.processor.payment.SeenEvent;
import ipn.processor.payment.Totals;
import ipn.processor.payment.VersionedFact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Payments as they are stored and published, and back. Everything but facts and events is derived anew each time. */
final class PaymentStates {
    private PaymentStates() {}

    /** The payment a stored state stands for; nothing where there is none. */
    static Payment payment(@Nullable PaymentState state) {
        if (state == null) {
            return Payment.NOTHING;
        }
        var facts = new TreeMap<FactKey, VersionedFact>();
        for (var row : state.getFacts()) {
            var known = FactRows.known(row);
            facts.put(FactKey.of(known.fact()), known);
        }
        var seen = state.getEvents().stream()
                .map(event -> new SeenEvent(event.getOccurredAt(), event.getEventKey(), event.getFingerprint()))
                .toList();
        return new Payment(facts, seen);
    }

    /** @param payerWords see {@link Accounts#payerWords(AccountId)} */
    static PaymentState state(String paymentKey, AccountId account, Set<Word> payerWords, Payment payment) {
        var view = new PaymentView(payment);
        var invoices = new Invoices(payment);
        return PaymentState.newBuilder()
                .setPaymentKey(paymentKey)
                .setGateway(account.gateway())
                .setAccount(account.account())
                .setLive(account.live())
                .setShadow(account.shadow())
                .setStatus(PaymentStatusRule.derive(payment))
                .setDisputeStatus(view.dispute())
                .setFraudFlagged(view.fraudFlagged())
                .setTotals(totals(payment))
                .setCapturedAt(view.capturedAt().orElse(null))
                .setRefundedAt(view.refundedAt().orElse(null))
                .setDisputedAt(view.disputedAt().orElse(null))
                .setInvoices(invoices.endingLast().stream()
                        .map(PaymentStates::invoice)
                        .toList())
                .setSubscription(
                        view.subscription().map(PaymentStates::subscription).orElse(null))
                .setPayerWords(payerWords.stream()
                        .map(AvroStatuses::payerWord)
                        .sorted()
                        .toList())
                .setReferences(references(view))
                .setSkus(view.all(Fact.Sku.class).stream().map(Fact.Sku::id).toList())
                .setLinks(links(view))
                .setFacts(payment.facts().entrySet().stream()
                        .map(entry -> FactRows.row(entry.getKey(), entry.getValue()))
                        .toList())
                .setEvents(payment.seen().stream()
                        .map(event -> new ipn.avro.SeenEvent(event.eventKey(), event.occurredAt(), event.fingerprint()))
                        .toList())
                .build();
    }

    /** The state without facts and events: what the next stage needs, and no more. With the values of the state, not with copies of them. */
    static PaymentState summary(PaymentState state) {
        return PaymentState.newBuilder()
                .setPaymentKey(state.getPaymentKey())
                .setGateway(state.getGateway())
                .setAccount(state.getAccount())
                .setLive(state.getLive())
                .setShadow(state.getShadow())
                .setStatus(state.getStatus())
                .setDisputeStatus(state.getDisputeStatus())
                .setFraudFlagged(state.getFraudFlagged())
                .setTotals(state.getTotals())
                .setCapturedAt(state.getCapturedAt())
                .setRefundedAt(state.getRefundedAt())
                .setDisputedAt(state.getDisputedAt())
                .setInvoices(state.getInvoices())
                .setPayerWords(state.getPayerWords())
                .setSubscription(state.getSubscription())
                .setReferences(state.getReferences())
                .setSkus(state.getSkus())
                .setLinks(state.getLinks())
                .setFacts(List.of())
                .setEvents(List.of())
                .build();
    }

    private static List<ipn.avro.Totals> totals(Payment payment) {
        return Totals.of(payment).entrySet().stream()
                .map(entry -> {
                    var sums = entry.getValue();
                    return new ipn.avro.Totals(
                            entry.getKey(),
                            sums.authorized(),
                            sums.captured(),
                            sums.refunded(),
                            sums.disputed(),
                            sums.lost(),
                            sums.fees());
                })
                .toList();
    }

    private static Invoice invoice(ReversibleInvoice reversible) {
        var invoice = reversible.invoice();
        var reversals = reversible.reversals();
        return Invoice.newBuilder()
                .setId(invoice.id())
                .setStatus(AvroStatuses.invoice(invoice.status()))
                .setSubscription(invoice.subscription().orElse(null))
                .setPaid(invoice.paid().minorUnits())
                .setCurrency(invoice.paid().currency())
                .setFrom(invoice.from().orElse(null))
                .setUntil(invoice.until().orElse(null))
                .setAt(reversible.known().version().occurredAt())
                .setRefunded(reversible.refunded())
                .setRefundedAt(reversals.refundedAt().orElse(null))
                .setDisputeStatus(reversals.dispute())
                .setFraudFlagged(reversals.fraudFlagged())
                .setDisputed(reversible.disputed())
                .setLost(reversible.lost())
                .setDisputedAt(reversals.disputedAt().orElse(null))
                .setDue(invoice.due().minorUnits())
                .setBreakdown(invoice.breakdown().map(Breakdowns::avro).orElse(null))
                .setFullyRefunded(reversible.isFullyRefunded())
                .setRefundedLines(reversible.refundedLines().entrySet().stream()
                        .map(line -> new RefundedLine(
                                line.getKey(),
                                line.getValue().amount(),
                                line.getValue().at()))
                        .toList())
                .build();
    }

    private static Subscription subscription(VersionedFact known) {
        var subscription = (Fact.Subscription) known.fact();
        return Subscription.newBuilder()
                .setStatus(AvroStatuses.subscription(subscription.status()))
                .setAt(known.version().occurredAt())
                .setPeriodEnd(subscription.periodEnd().orElse(null))
                .setTrialEnd(subscription.trialEnd().orElse(null))
                .setCancelAt(subscription.cancelAt().orElse(null))
                .setGraceUntil(subscription.graceUntil().orElse(null))
                .setCancelScheduled(subscription.cancelScheduled())
                .setFirstAt(known.firstAt())
                .setItems(SubscriptionItems.avro(subscription.items()))
                .build();
    }

    private static Map<String, String> references(PaymentView view) {
        var references = new HashMap<String, String>();
        view.all(Fact.Reference.class).forEach(reference -> references.put(reference.id(), reference.value()));
        return references;
    }

    private static List<Link> links(PaymentView view) {
        return view.all(Fact.Link.class).stream()
                .map(link -> new Link(AvroStatuses.link(link.kind()), link.target()))
                .toList();
    }
}

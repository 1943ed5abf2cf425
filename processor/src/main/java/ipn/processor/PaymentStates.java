package ipn.processor;

import ipn.avro.Invoice;
import ipn.avro.Link;
import ipn.avro.PaymentState;
import ipn.avro.SeenEvent;
import ipn.avro.Subscription;
import ipn.fact.Fact;
import ipn.gateway.AccountId;
import ipn.processor.payment.FactKey;
import ipn.processor.payment.Invoices;
import ipn.processor.payment.Invoices.Billed;
import ipn.processor.payment.Payment;
import ipn.processor.payment.PaymentStatusRule;
import ipn.processor.payment.PaymentView;
import ipn.processor.payment.SeenEvent;
import ipn.processor.payment.Totals;
import ipn.processor.payment.VersionedFact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        var heard = state.getEvents().stream()
                .map(event -> new SeenEvent(event.getOccurredAt(), event.getEventKey(), event.getFingerprint()))
                .toList();
        return new Payment(facts, heard);
    }

    static PaymentState state(String paymentKey, AccountId account, Payment payment) {
        var standing = new PaymentView(payment);
        var bills = new Invoices(payment);
        return PaymentState.newBuilder()
                .setPaymentKey(paymentKey)
                .setGateway(account.gateway())
                .setAccount(account.account())
                .setLive(account.live())
                .setStatus(PaymentStatusRule.of(payment).name())
                .setDisputeStatus(standing.dispute())
                .setFraudFlagged(standing.fraudFlagged())
                .setTotals(totals(payment))
                .setCapturedAt(standing.capturedAt().orElse(null))
                .setRefundedAt(standing.refundedAt().orElse(null))
                .setDisputedAt(standing.disputedAt().orElse(null))
                .setInvoice(standing.bill()
                        .map(known -> bill(bills.get(known.fact().id())))
                        .orElse(null))
                .setInvoices(bills.endingLast().stream().map(PaymentStates::bill).toList())
                .setSubscription(
                        standing.subscription().map(PaymentStates::subscription).orElse(null))
                .setReferences(references(standing))
                .setSkus(standing.all(Fact.Sku.class).stream().map(Fact.Sku::id).toList())
                .setLinks(links(standing))
                .setFacts(payment.facts().entrySet().stream()
                        .map(entry -> FactRows.row(entry.getKey(), entry.getValue()))
                        .toList())
                .setEvents(payment.heard().stream()
                        .map(event -> new SeenEvent(event.eventKey(), event.occurredAt(), event.story()))
                        .toList())
                .build();
    }

    /** The state without its evidence: what the next stage needs, and no more. */
    static PaymentState summary(PaymentState state) {
        return PaymentState.newBuilder(state)
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
                            sums.authorised(),
                            sums.captured(),
                            sums.refunded(),
                            sums.disputed(),
                            sums.lost(),
                            sums.fees());
                })
                .toList();
    }

    private static Invoice bill(Billed billed) {
        var bill = billed.bill();
        var standing = billed.standing();
        return Invoice.newBuilder()
                .setId(bill.id())
                .setStatus(bill.status().name())
                .setSubscription(bill.subscription().orElse(null))
                .setPaid(bill.paid().minorUnits())
                .setCurrency(bill.paid().currency())
                .setFrom(bill.from().orElse(null))
                .setUntil(bill.until().orElse(null))
                .setAt(billed.known().version().occurredAt())
                .setRefunded(billed.refunded())
                .setRefundedAt(standing.refundedAt().orElse(null))
                .setDisputeStatus(standing.dispute())
                .setFraudFlagged(standing.fraudFlagged())
                .setDisputedAt(standing.disputedAt().orElse(null))
                .build();
    }

    private static Subscription subscription(VersionedFact known) {
        var subscription = (Fact.Subscription) known.fact();
        return Subscription.newBuilder()
                .setStatus(subscription.status().name())
                .setAt(known.version().occurredAt())
                .setPeriodEnd(subscription.periodEnd().orElse(null))
                .setTrialEnd(subscription.trialEnd().orElse(null))
                .setCancelAt(subscription.cancelAt().orElse(null))
                .setCancelScheduled(subscription.cancelScheduled())
                .build();
    }

    private static Map<String, String> references(PaymentView standing) {
        var references = new HashMap<String, String>();
        standing.all(Fact.Reference.class).forEach(reference -> references.put(reference.id(), reference.value()));
        return references;
    }

    private static List<Link> links(PaymentView standing) {
        return standing.all(Fact.Link.class).stream()
                .map(link -> new Link(link.kind().name(), link.target()))
                .toList();
    }
}

package ipn.projector.allocation;

import ipn.avro.ClaimStatus;
import ipn.avro.Invoice;
import ipn.avro.InvoiceReason;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.key.ChargeKey;
import ipn.key.PaymentKey;
import ipn.projector.catalogue.KeepsAbove;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One invoice of a payment key.
 *
 * @param reversals of its money, and of no other invoice's
 * @param key names it in claims and discrepancies: the payment key, with the invoice where there are several
 * @param alone true: the payment key has no other invoice
 * @param capturedAt when money was first captured for it, by the gateway's clock; empty if unknown
 * @param captured by payments that pay it, by currency; used only where it is imported
 */
public record InvoiceView(
        Invoice invoice,
        Reversals reversals,
        ChargeKey key,
        boolean alone,
        Optional<Instant> capturedAt,
        SortedMap<String, Long> captured) {

    /** The invoices of a key, the one that ends first first. */
    static List<InvoiceView> all(PaymentState own, CombinedPayments combined) {
        var payment = PaymentKey.parse(own.getPaymentKey());
        return own.getInvoices().size() == 1 ? List.of(alone(own, combined, payment)) : several(own, combined, payment);
    }

    /**
     * The other name of the earliest invoice's money, by its name now: alone it is named by the payment key, and beside others by the
     * invoice. A decision about it counts under either name.
     */
    static Map<ChargeKey, ChargeKey> otherName(PaymentState own) {
        var invoices = own.getInvoices();
        if (invoices.isEmpty()) {
            return Map.of();
        }
        var earliest = invoices.stream()
                .filter(each -> each.getStatus() == InvoiceStatus.PAID)
                .findFirst()
                .orElse(invoices.get(0));
        var payment = PaymentKey.parse(own.getPaymentKey());
        var whole = ChargeKey.whole(payment);
        var invoice = ChargeKey.invoice(payment, earliest.getId());
        return invoices.size() == 1 ? Map.of(whole, invoice) : Map.of(invoice, whole);
    }

    boolean tookMoney() {
        return tookMoney(invoice);
    }

    /** Whether an operator imported it: no money of it is known, except of a payment that the import names. */
    boolean isImported() {
        var breakdown = invoice.getBreakdown();
        return breakdown != null && breakdown.getReason() == InvoiceReason.IMPORTED;
    }

    /** Of an imported invoice: what became of the payment that the import names, as far as the gateway has reported it since. */
    ClaimStatus importedStatus(KeepsAbove keeps) {
        return captured.entrySet().stream()
                .findFirst()
                .map(paid -> reversals.status(paid.getValue(), paid.getKey(), keeps))
                .orElseGet(() -> invoice.getDue() > 0 || reversals.wholeRefunded()
                        ? reversals.status(invoice.getDue(), invoice.getCurrency(), keeps)
                        : ClaimStatus.PAID);
    }

    /** Whether it is paid, with money or without: by a discount or by credit. */
    boolean isPaid() {
        return invoice.getStatus() == InvoiceStatus.PAID;
    }

    /** Start of what it pays for, by the gateway's clock. */
    Instant from() {
        return Objects.requireNonNullElse(invoice.getFrom(), invoice.getAt());
    }

    /**
     * When a payment took the money. Without a known payment: when its period started, unless that is later than the newest report of the
     * invoice, which is not used alone because a later report does not make a payment late.
     */
    private Instant takenAt() {
        return capturedAt.orElseGet(() -> from().isBefore(invoice.getAt()) ? from() : invoice.getAt());
    }

    /** Many gateways do not report whether an invoice is the first of its subscription. */
    private boolean mayKeepPrice() {
        var breakdown = invoice.getBreakdown();
        return invoice.getSubscription() != null && (breakdown == null || breakdown.getReason() != InvoiceReason.FIRST);
    }

    /** Its money; 0 if a discount or credit paid it. */
    Charge charge() {
        return new Charge(
                key,
                Optional.ofNullable(invoice.getSubscription()).map(PaymentKey::parse),
                from(),
                takenAt(),
                mayKeepPrice(),
                invoice.getPaid(),
                invoice.getCurrency(),
                status());
    }

    private ClaimStatus status() {
        if (isImported()) {
            return importedStatus(KeepsAbove.ANY);
        }
        return tookMoney() || reversals.wholeRefunded()
                ? reversals.status(invoice.getPaid(), invoice.getCurrency())
                : ClaimStatus.PAID;
    }

    private static InvoiceView alone(PaymentState own, CombinedPayments combined, PaymentKey payment) {
        var only = own.getInvoices().get(0);
        var reversals = Reversals.ofInvoice(only).and(combined.reversalsOfPayers(own));
        return new InvoiceView(
                only, reversals, ChargeKey.whole(payment), true, combined.capturedAt(), combined.captured());
    }

    /** Payments that pay a key do not name the invoice that they pay: they count for the one paid last. */
    private static List<InvoiceView> several(PaymentState own, CombinedPayments combined, PaymentKey payment) {
        var paidLast = own.getInvoices().stream()
                .filter(InvoiceView::tookMoney)
                .reduce((earlier, later) -> later)
                .map(Invoice::getId)
                .orElse("");
        return own.getInvoices().stream()
                .map(invoice -> {
                    var reversals = Reversals.ofInvoice(invoice);
                    return new InvoiceView(
                            invoice,
                            invoice.getId().equals(paidLast)
                                    ? reversals.and(combined.reversalsOfPayers(own))
                                    : reversals,
                            ChargeKey.invoice(payment, invoice.getId()),
                            false,
                            Optional.empty(),
                            Collections.emptySortedMap());
                })
                .toList();
    }

    private static boolean tookMoney(Invoice invoice) {
        return invoice.getStatus() == InvoiceStatus.PAID && invoice.getPaid() > 0;
    }
}

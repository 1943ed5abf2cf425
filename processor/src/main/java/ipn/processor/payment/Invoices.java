package ipn.processor.payment;

import ipn.avro.FactKind;
import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The invoices of one payment key, each with its refunds, disputes and fraud flags. Most keys have one; app stores keep every
 * renewal of a subscription under one key. Which invoice a refund, a dispute or a fraud flag belongs to is derived from the set of
 * facts each time, so it does not depend on the order of arrival:
 *
 * <ol>
 *   <li>the invoice with the same id;
 *   <li>none yet, where it is the running total of a capture that has not arrived, and invoices have the ids of their captures:
 *       the capture's own invoice will have it;
 *   <li>otherwise the paid invoice that began last at its time, or the first one if none had begun. So a single invoice has all.
 * </ol>
 */
public final class Invoices {
    /** How many invoices a published state holds: those that end last. Ten years of months. */
    public static final int INVOICES_MAX = 128;

    private static final Set<FactKind> REVERSALS =
            Set.of(FactKind.REFUND, FactKind.REFUND_TOTAL, FactKind.DISPUTE, FactKind.FRAUD_FLAG);
    private static final Comparator<VersionedFact> BY_START = Comparator.comparing(Invoices::start)
            .thenComparing(known -> known.fact().id());
    private static final Comparator<ReversibleInvoice> BY_END = Comparator.comparing(ReversibleInvoice::end)
            .thenComparing(each -> each.invoice().id());

    private final SortedMap<String, VersionedFact> byId = new TreeMap<>();
    private final List<VersionedFact> paidByStart;
    private final Set<String> captures = new HashSet<>();
    private final SortedMap<String, SortedMap<FactKey, VersionedFact>> against = new TreeMap<>();

    public Invoices(Payment payment) {
        payment.facts().forEach((key, known) -> {
            if (key.kind() == FactKind.INVOICE) {
                byId.put(key.id(), known);
                against.put(key.id(), new TreeMap<>());
            } else if (key.kind() == FactKind.CAPTURED) {
                captures.add(key.id());
            }
        });
        byId.replaceAll((id, known) -> priced(payment, known));
        var paid = byId.values().stream().filter(Invoices::tookMoney).toList();
        paidByStart = (paid.isEmpty() ? byId.values() : paid)
                .stream().sorted(BY_START).toList();
        payment.facts().forEach((key, known) -> {
            if (REVERSALS.contains(key.kind())) {
                owner(key, known)
                        .flatMap(id -> Optional.ofNullable(against.get(id)))
                        .ifPresent(facts -> {
                            facts.put(key, known);
                            lines(payment, key).ifPresent(lines -> facts.put(FactKey.of(lines.fact()), lines));
                        });
            }
        });
    }

    /** The lines of a refund are of the same invoice as the refund. */
    private static Optional<VersionedFact> lines(Payment payment, FactKey refund) {
        return refund.kind() == FactKind.REFUND
                ? Optional.ofNullable(payment.facts().get(new FactKey(FactKind.REFUND_LINES, refund.id())))
                : Optional.empty();
    }

    /**
     * What was refunded of one line.
     *
     * @param amount minor units
     * @param at when the newest refund was made, by the gateway's clock
     */
    public record RefundedLine(long amount, Instant at) {
        RefundedLine and(RefundedLine other) {
            return new RefundedLine(Math.addExact(amount, other.amount), at.isAfter(other.at) ? at : other.at);
        }
    }

    /**
     * An invoice and its reversals.
     *
     * @param against refunds with their lines, disputes and fraud flags of this invoice alone
     */
    public record ReversibleInvoice(VersionedFact known, Payment against) {
        public Fact.Invoice invoice() {
            return (Fact.Invoice) known.fact();
        }

        public PaymentView reversals() {
            return new PaymentView(against);
        }

        /** Refunded in the invoice's currency, minor units. */
        public long refunded() {
            return Totals.of(withPaid())
                    .getOrDefault(invoice().paid().currency(), Totals.ZERO)
                    .refunded();
        }

        /** Whether the gateway reports a refund in full without an amount; the invoice may have none either. */
        public boolean isFullyRefunded() {
            return reversals().all(Fact.Refund.class).stream()
                    .anyMatch(refund ->
                            refund.amount().isEmpty() && refund.status().counts());
        }

        /** What was refunded of lines that the gateway names, by SKU: only of those of its breakdown. */
        public SortedMap<String, RefundedLine> refundedLines() {
            var names = invoice().breakdown().stream()
                    .flatMap(breakdown -> breakdown.lines().stream())
                    .flatMap(line -> line.skus().stream())
                    .collect(Collectors.toSet());
            var refunded = new TreeMap<String, RefundedLine>();
            reversals()
                    .all(Fact.RefundLines.class)
                    .forEach(lines -> counting(lines)
                            .ifPresent(refund -> lines.lines().stream()
                                    .filter(line -> names.contains(line.sku()))
                                    .forEach(line -> refunded.merge(
                                            line.sku(),
                                            new RefundedLine(
                                                    line.amount(),
                                                    refund.version().occurredAt()),
                                            RefundedLine::and))));
            return refunded;
        }

        /** The refund of these lines, if it counts and is not smaller than they are. */
        private Optional<VersionedFact> counting(Fact.RefundLines lines) {
            return Optional.ofNullable(against.facts().get(new FactKey(FactKind.REFUND, lines.id())))
                    .filter(known -> counts((Fact.Refund) known.fact(), lines));
        }

        private boolean counts(Fact.Refund refund, Fact.RefundLines lines) {
            return refund.status().counts()
                    && refund.amount()
                            .filter(amount ->
                                    amount.currency().equals(invoice().paid().currency())
                                            && isWithin(lines, amount.minorUnits()))
                            .isPresent();
        }

        private static boolean isWithin(Fact.RefundLines lines, long refunded) {
            var left = refunded;
            for (var line : lines.lines()) {
                left = line.amount() > left ? -1 : left - line.amount();
            }
            return left >= 0;
        }

        /** Of this invoice, under disputes that are open, minor units. */
        public long disputed() {
            return held(Totals::disputed);
        }

        /** Of this invoice, lost to disputes, minor units. */
        public long lost() {
            return held(Totals::lost);
        }

        /** What is disputed in another currency cannot be compared, and counts as all that was paid. */
        private long held(ToLongFunction<Totals> part) {
            var currency = invoice().paid().currency();
            var totals = Totals.of(withPaid());
            var other = totals.entrySet().stream()
                    .anyMatch(entry -> !entry.getKey().equals(currency) && part.applyAsLong(entry.getValue()) > 0);
            return other ? invoice().paid().minorUnits() : part.applyAsLong(totals.getOrDefault(currency, Totals.ZERO));
        }

        /** Its reversals, and what it was paid with: a dispute may be about all of it. */
        private Payment withPaid() {
            var facts = new TreeMap<>(against.facts());
            var captured = new Fact.Captured(invoice().id(), invoice().paid(), Optional.empty());
            facts.put(FactKey.of(captured), new VersionedFact(known.version(), known.firstAt(), captured));
            return new Payment(facts, List.of());
        }

        private Instant end() {
            return invoice().until().orElse(start(known));
        }
    }

    /** One of the invoices, by its id. */
    public ReversibleInvoice get(String id) {
        var known = byId.get(id);
        var facts = against.get(id);
        if (known == null || facts == null) {
            throw new IllegalArgumentException(
                    "invoice: not of this payment (expected: one of its %d)".formatted(byId.size()));
        }
        return new ReversibleInvoice(known, new Payment(facts, List.of()));
    }

    /** The invoices that end last, at most {@value #INVOICES_MAX}, in the order of their ends. */
    public List<ReversibleInvoice> endingLast() {
        var all = byId.keySet().stream().map(this::get).sorted(BY_END).toList();
        return all.subList(Math.max(0, all.size() - INVOICES_MAX), all.size());
    }

    private Optional<String> owner(FactKey key, VersionedFact known) {
        if (byId.containsKey(key.id())) {
            return Optional.of(key.id());
        }
        return key.kind() == FactKind.REFUND_TOTAL && isAwaited(key.id())
                ? Optional.empty()
                : lastBegunAt(known.firstAt()).map(invoice -> invoice.fact().id());
    }

    private boolean isAwaited(String capture) {
        return !captures.contains(capture) && byId.keySet().stream().anyMatch(captures::contains);
    }

    private Optional<VersionedFact> lastBegunAt(Instant at) {
        var begun = paidByStart.stream().filter(invoice -> !start(invoice).isAfter(at));
        return Stream.concat(paidByStart.stream().limit(1), begun).reduce((earlier, later) -> later);
    }

    /** The amount of an invoice that was reported without one is that of its capture, which another event may have reported. */
    private static VersionedFact priced(Payment payment, VersionedFact known) {
        var invoice = (Fact.Invoice) known.fact();
        var unpriced = invoice.breakdown().filter(each -> each.reason() == InvoiceReason.UNPRICED);
        var capture = payment.facts().get(new FactKey(FactKind.CAPTURED, invoice.id()));
        if (unpriced.isEmpty() || capture == null) {
            return known;
        }
        var amount = ((Fact.Captured) capture.fact()).amount();
        var lines = unpriced.get().lines().stream()
                .limit(1)
                .map(line -> line.withAmount(amount.minorUnits()))
                .toList();
        var priced = new Fact.Invoice(
                        invoice.id(),
                        invoice.status(),
                        invoice.subscription(),
                        amount,
                        amount,
                        invoice.from(),
                        invoice.until())
                .with(new Fact.Breakdown(InvoiceReason.OTHER, 0, 0, 0, lines));
        return new VersionedFact(known.version(), known.firstAt(), priced);
    }

    private static boolean tookMoney(VersionedFact known) {
        return known.fact() instanceof Fact.Invoice invoice
                && invoice.status() == InvoiceStatus.PAID
                && invoice.paid().minorUnits() > 0;
    }

    /** Start of the period; of an invoice without one, when it was first reported. */
    private static Instant start(VersionedFact known) {
        return ((Fact.Invoice) known.fact()).from().orElse(known.firstAt());
    }
}

package ipn.projector.allocation;

import ipn.avro.DiscrepancyKind;
import ipn.avro.MoneyDecision;
import ipn.avro.PaymentState;
import ipn.decision.DiscrepancyOptions;
import ipn.key.ChargeKey;
import ipn.key.PaymentKey;
import ipn.projector.catalogue.Amounts;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.JudgedProduct;
import ipn.projector.catalogue.ProductCatalogue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the money of a payment key with its terms. Authentic is not valid: mode, subject, product, scope, currency and
 * amount must all match before the key claims anything. Where it has several invoices, each is matched alone.
 *
 * @param history what is and was sold, for how much
 * @param decisions of people about the money
 */
public record PriceMatcher(CatalogueHistory history, MoneyDecisions decisions) {

    /** Nobody decided anything about the money. */
    public PriceMatcher(CatalogueHistory history) {
        this(history, MoneyDecisions.NONE);
    }

    /**
     * The same for money that people decided about.
     *
     * @param payments whose money it is
     */
    public PriceMatcher with(Collection<MoneyDecision> stored, Stream<PaymentState> payments) {
        return stored.isEmpty() ? this : new PriceMatcher(history, MoneyDecisions.of(stored, payments));
    }

    /** The same with another history of the catalogue. */
    public PriceMatcher with(CatalogueHistory other) {
        return new PriceMatcher(other, decisions);
    }

    /** By the catalogue's terms. */
    public MatchResult match(PaymentState own, Collection<PaymentState> paidBy) {
        return match(own, paidBy, catalogueTerms(own, paidBy));
    }

    /** What the money of a payment key is compared with where it names no order. */
    public Terms catalogueTerms(PaymentState own, Collection<PaymentState> paidBy) {
        return new CatalogueTerms(history, decisions, own, CombinedPayments.combine(own, paidBy));
    }

    /**
     * @param paidBy the payments that pay it
     * @param terms what its money is compared with
     */
    public MatchResult match(PaymentState own, Collection<PaymentState> paidBy, Terms terms) {
        var combined = CombinedPayments.combine(own, paidBy);
        var invoices = InvoiceView.all(own, combined);
        var whole = whole(own, combined, invoices, terms);
        var money = invoices.isEmpty() ? matchCaptures(own, combined, whole) : matchInvoices(whole, invoices, terms);
        var subscription = own.getSubscription();
        var matched = subscription == null ? money : money.and(SubscriptionClaims.match(whole, subscription, history));
        return matched.withCaptured(captured(combined, invoices));
    }

    /** The amounts of its paid invoices, else of its captures. */
    private static String captured(CombinedPayments combined, List<InvoiceView> invoices) {
        var paid = new TreeMap<String, Long>();
        invoices.stream()
                .filter(InvoiceView::tookMoney)
                .map(InvoiceView::charge)
                .forEach(charge -> paid.merge(charge.currency(), charge.paid(), Math::addExact));
        return (paid.isEmpty() ? combined.captured() : paid)
                .entrySet().stream()
                        .map(each -> Amounts.format(each.getValue(), each.getKey()))
                        .collect(Collectors.joining(" and "));
    }

    /** The money it took, charge by charge; none where captures in several currencies cannot be assigned to charges. */
    public List<Charge> charges(PaymentState own, Collection<PaymentState> paidBy) {
        var combined = CombinedPayments.combine(own, paidBy);
        var invoices = InvoiceView.all(own, combined);
        if (!invoices.isEmpty()) {
            return invoices.stream()
                    .filter(InvoiceView::tookMoney)
                    .map(InvoiceView::charge)
                    .toList();
        }
        return combined.captured().size() == 1
                ? List.of(charge(own, combined, combined.captured().firstEntry()))
                : List.of();
    }

    private MatchResult matchInvoices(MatchCandidate whole, List<InvoiceView> invoices, Terms terms) {
        var money = invoices.stream()
                .map(view -> whole.invoice(
                                view, view.tookMoney() ? terms.product(view) : notPaid(whole, terms.catalogue(view)))
                        .matchInvoice(view))
                .reduce(MatchResult.NOTHING, MatchResult::and);
        return money.and(SwitchedPeriods.match(invoices, money, history, whole.own()));
    }

    /** An invoice that took no money is for what the payment key is for, as its own version of the catalogue has it, if it does. */
    private static JudgedProduct notPaid(MatchCandidate whole, ProductCatalogue catalogue) {
        var same = whole.product().flatMap(product -> catalogue.get(product.name()));
        return same.isPresent()
                ? new JudgedProduct(catalogue, same)
                : new JudgedProduct(whole.catalogue(), whole.product());
    }

    private static MatchResult matchCaptures(PaymentState own, CombinedPayments combined, MatchCandidate whole) {
        var captured = combined.captured();
        if (captured.isEmpty()) {
            return MatchResult.NOTHING;
        }
        return captured.size() == 1
                ? whole.matchPayment(charge(own, combined, captured.firstEntry()))
                : whole.discrepancy(Mismatch.ofCharge(
                        DiscrepancyKind.CURRENCY_MISMATCH,
                        whole.key(),
                        DiscrepancyOptions.ONE_CURRENCY,
                        String.join(" and ", captured.keySet())));
    }

    private static Charge charge(PaymentState own, CombinedPayments combined, Map.Entry<String, Long> captured) {
        return new Charge(
                ChargeKey.whole(PaymentKey.parse(own.getPaymentKey())),
                Optional.empty(),
                combined.capturedAt().orElseThrow(),
                combined.capturedAt().orElseThrow(),
                false,
                captured.getValue(),
                captured.getKey(),
                combined.reversals().status(captured.getValue(), captured.getKey()));
    }

    /** The payment key as a whole; it is for what its newest paid invoice is for. */
    private MatchCandidate whole(PaymentState own, CombinedPayments combined, List<InvoiceView> invoices, Terms terms) {
        var product = invoices.stream()
                .filter(InvoiceView::tookMoney)
                .reduce((earlier, later) -> later)
                .map(terms::product)
                .orElseGet(terms::product);
        var key = ChargeKey.whole(PaymentKey.parse(own.getPaymentKey()));
        return new MatchCandidate(product.catalogue(), own, terms, product.product(), combined.reversals(), key);
    }
}

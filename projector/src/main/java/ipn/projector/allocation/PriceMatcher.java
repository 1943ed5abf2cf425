package ipn.projector.allocation;

import ipn.avro.PaymentState;
import ipn.projector.catalogue.Mismatch;
import ipn.projector.catalogue.ProductCatalogue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Assesses a payment key: authentic is not valid, so mode, subject, product, scope, currency and amount must all match
 * before it claims anything. Where it has several bills, each stands for itself.
 *
 * @param catalogue what is sold, for how much
 */
public record PriceMatcher(ProductCatalogue catalogue) {

    /** By the catalogue's terms. */
    public MatchResult assess(PaymentState own, Collection<PaymentState> settledBy) {
        return assess(own, settledBy, new CatalogueTerms(catalogue, own, CombinedPayments.of(own, settledBy)));
    }

    /**
     * @param settledBy what pays for it
     * @param terms what its money is measured by
     */
    public MatchResult assess(PaymentState own, Collection<PaymentState> settledBy, Terms terms) {
        var worth = CombinedPayments.of(own, settledBy);
        var billed = InvoiceView.of(own, worth);
        var whole = whole(own, worth, billed, terms);
        var assessed = billed.isEmpty() ? captured(own, worth, whole) : billed(whole, billed, terms);
        var subscription = own.getSubscription();
        return subscription == null ? assessed : assessed.and(whole.subscription(subscription));
    }

    /** The money it took, piece by piece; none where it cannot be told which. */
    public List<Charge> taken(PaymentState own, Collection<PaymentState> settledBy) {
        var worth = CombinedPayments.of(own, settledBy);
        var billed = InvoiceView.of(own, worth);
        if (!billed.isEmpty()) {
            return billed.stream()
                    .filter(InvoiceView::tookMoney)
                    .map(each -> each.taken(own.getPaymentKey()))
                    .toList();
        }
        return worth.captured().size() == 1
                ? List.of(taken(own, worth, worth.captured().firstEntry()))
                : List.of();
    }

    private static MatchResult billed(MatchCandidate whole, List<InvoiceView> billed, Terms terms) {
        return billed.stream()
                .map(each -> whole.of(each, each.tookMoney() ? terms.product(each) : whole.product())
                        .bill(each))
                .reduce(MatchResult.NOTHING, MatchResult::and);
    }

    private static MatchResult captured(PaymentState own, CombinedPayments worth, MatchCandidate whole) {
        var captured = worth.captured();
        if (captured.isEmpty()) {
            return MatchResult.NOTHING;
        }
        return captured.size() == 1
                ? whole.payment(taken(own, worth, captured.firstEntry()))
                : whole.mismatch(new Mismatch(
                        Mismatch.CURRENCY_MISMATCH,
                        own.getPaymentKey(),
                        "one currency",
                        String.join(" and ", captured.keySet())));
    }

    private static Charge taken(PaymentState own, CombinedPayments worth, Map.Entry<String, Long> captured) {
        return new Charge(
                own.getPaymentKey(),
                own.getPaymentKey(),
                Optional.empty(),
                worth.capturedAt().orElseThrow(),
                captured.getValue(),
                captured.getKey(),
                worth.reversals().standing(captured.getValue(), captured.getKey()));
    }

    /** The payment key as a whole; it is for what its newest paid bill is for. */
    private MatchCandidate whole(PaymentState own, CombinedPayments worth, List<InvoiceView> billed, Terms terms) {
        var product = billed.stream()
                .filter(InvoiceView::tookMoney)
                .reduce((earlier, later) -> later)
                .map(terms::product)
                .orElseGet(terms::product);
        return new MatchCandidate(catalogue, own, terms, product, worth.reversals(), own.getPaymentKey());
    }
}

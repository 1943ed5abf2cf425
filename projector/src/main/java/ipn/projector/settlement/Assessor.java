package ipn.projector.settlement;

import ipn.avro.PaymentState;
import ipn.avro.SettledPayment;
import java.util.List;
import java.util.Optional;

/**
 * Assesses a payment key: authentic is not valid, so mode, subject, product, scope, currency and amount must all match
 * before it claims anything. Where it has several bills, each stands for itself.
 *
 * @param catalogue what is sold, for how much
 */
public record Assessor(ProductCatalogue catalogue) {

    public Assessment assess(SettledPayment settled) {
        var own = settled.getOwn();
        if (own == null || settlesSomethingElse(own, settled)) {
            return Assessment.NOTHING;
        }
        var worth = Worth.of(own, settled.getSettledBy().values());
        var billed = Billed.of(own, worth);
        var assessed = billed.isEmpty() ? captured(own, worth) : billed(own, worth, billed);
        var subscription = own.getSubscription();
        return subscription == null
                ? assessed
                : assessed.and(whole(own, worth, billed).subscription(subscription));
    }

    /** What it is worth flows on to what it settles; it claims nothing by itself. */
    private static boolean settlesSomethingElse(PaymentState own, SettledPayment settled) {
        return !settled.getSettles().isEmpty()
                || own.getLinks().stream().anyMatch(link -> link.getKind().equals("SETTLES"));
    }

    private Assessment billed(PaymentState own, Worth worth, List<Billed> billed) {
        var whole = whole(own, worth, billed);
        return billed.stream()
                .map(each -> whole.of(each, each.tookMoney() ? product(worth, each) : whole.product())
                        .bill(each.bill()))
                .reduce(Assessment.NOTHING, Assessment::and);
    }

    private Assessment captured(PaymentState own, Worth worth) {
        var captured = worth.captured();
        if (captured.isEmpty()) {
            return Assessment.NOTHING;
        }
        return captured.size() == 1
                ? whole(own, worth, List.of())
                        .payment(captured.firstKey(), captured.firstEntry().getValue())
                : Assessment.mismatch(
                        "CURRENCY_MISMATCH",
                        own.getPaymentKey(),
                        "one currency",
                        String.join(" and ", captured.keySet()));
    }

    /** The payment key as a whole; it is for what its newest paid bill is for. */
    private Assessed whole(PaymentState own, Worth worth, List<Billed> billed) {
        var product = billed.stream()
                .filter(Billed::tookMoney)
                .reduce((earlier, later) -> later)
                .map(newest -> product(worth, newest))
                .orElseGet(() -> catalogue.find(worth.reference("product"), worth.skus()));
        return new Assessed(catalogue, own, worth, product, worth.reversals(), own.getPaymentKey());
    }

    /** One key may have been billed for several products, as when a subscriber moves to a dearer one. */
    private Optional<Product> product(Worth worth, Billed billed) {
        var named = worth.reference("product");
        return billed.alone()
                ? catalogue.find(named, worth.skus())
                : catalogue.find(
                        named,
                        worth.skus(),
                        billed.bill().getPaid(),
                        billed.bill().getCurrency());
    }
}

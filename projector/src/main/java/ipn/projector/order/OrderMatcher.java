package ipn.projector.order;

import ipn.avro.Order;
import ipn.avro.Payer;
import ipn.avro.OrderAllocation;
import ipn.projector.allocation.CatalogueTerms;
import ipn.projector.allocation.Charge;
import ipn.projector.allocation.CombinedPayments;
import ipn.projector.allocation.MatchResult;
import ipn.projector.allocation.MatchResult.Mismatch;
import ipn.projector.allocation.PriceMatcher;
import ipn.projector.allocation.Terms;
import ipn.projector.catalogue.Amounts;
import ipn.projector.catalogue.Mismatch;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.Tolerance;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an order and those who pay for it add up to.
 *
 * @param now decides only whether a payment is missing
 */
record OrderMatcher(PriceMatcher assessor, OrderAllocation settled, Instant now) {
    /** Money may be exact and still be for nothing. */
    private static final Set<String> WORTHLESS = Set.of(Mismatch.WRONG_MODE, Mismatch.UNKNOWN_PRODUCT, Mismatch.NO_SCOPE);

    /**
     * @param byPayer what each payer's money means, by payment key
     * @param missing that nothing was paid in time
     */
    record Assessed(String status, TreeMap<String, MatchResult> byPayer, Optional<Mismatch> missing) {}

    Assessed assess() {
        var order = settled.getOrder();
        return order == null ? unknown() : expected(order);
    }

    private Assessed unknown() {
        var byPayer = new TreeMap<String, MatchResult>();
        settled.getPayers().forEach((key, payer) -> byPayer.put(key, assess(payer, unknownTo(payer))));
        return new Assessed(byPayer.isEmpty() ? "NONE" : Mismatch.UNKNOWN_ORDER, byPayer, Optional.empty());
    }

    private Terms unknownTo(Payer payer) {
        return new UnknownOrderTerms(
                settled.getOrderId(),
                payer.getOwn().getPaymentKey(),
                catalogue(payer),
                assessor.catalogue().policy());
    }

    private Assessed expected(Order order) {
        var catalogue = assessor.catalogue();
        var sold = catalogue.named(order.getProduct());
        var fitting = settled.getPayers().values().stream()
                .filter(payer -> OrderTerms.misfit(order, payer.getOwn(), catalogue.policy())
                        .isEmpty())
                .toList();
        var taken = fitting.stream().flatMap(payer -> taken(payer).stream()).toList();
        var match = OrderMatch.of(order, taken, sold.map(Product::tolerance).orElse(Tolerance.NONE));
        var byPayer = new TreeMap<String, MatchResult>();
        settled.getPayers()
                .forEach((key, payer) -> byPayer.put(
                        key,
                        assess(
                                payer,
                                new OrderTerms(
                                        order, sold, match, payer.getOwn(), catalogue(payer), catalogue.policy()))));
        var status = status(order, fitting, taken, match, byPayer.values());
        return new Assessed(
                status, byPayer, Optional.of(missing(order)).filter(problem -> status.equals(Mismatch.MISSING)));
    }

    /** Money that came and does not fit is told as what it is; missing is what did not come at all. */
    private String status(
            Order order, List<Payer> fitting, List<Charge> taken, OrderMatch match, Collection<MatchResult> assessments) {
        var counting = taken.stream()
                .filter(each -> !match.renews(each) && each.currency().equals(order.getCurrency()))
                .toList();
        if (!counting.isEmpty()) {
            return Stream.concat(
                            counting.stream()
                                    .flatMap(each -> match.problem(each).stream())
                                    .map(Mismatch::kind),
                            kinds(assessments).filter(WORTHLESS::contains))
                    .filter(kind -> !kind.equals(Mismatch.DUPLICATE_PAYMENT))
                    .findFirst()
                    .orElse("MATCHED");
        }
        if (order.getAmount() == 0 && begun(fitting, taken)) {
            return "MATCHED";
        }
        return kinds(assessments).findFirst().orElseGet(() -> open(order));
    }

    private static Stream<String> kinds(Collection<MatchResult> assessments) {
        return assessments.stream()
                .flatMap(assessment -> assessment.mismatches().stream())
                .map(mismatch -> mismatch.problem().kind());
    }

    /** A subscription that starts with nothing to pay. */
    private static boolean begun(List<Payer> fitting, List<Charge> taken) {
        return !taken.isEmpty()
                || fitting.stream().anyMatch(payer -> payer.getOwn().getSubscription() != null);
    }

    private String open(Order order) {
        var payBy = order.getPayBy();
        return payBy == null || now.isBefore(payBy) ? "EXPECTED" : Mismatch.MISSING;
    }

    private static Mismatch missing(Order order) {
        return new Mismatch(
                new Mismatch(
                        Mismatch.MISSING,
                        "order/" + order.getOrderId(),
                        Amounts.shown(order.getAmount(), order.getCurrency())
                                + (order.getPayBy() == null ? "" : " by " + order.getPayBy()),
                        "nothing"),
                "",
                OrderTerms.named(order));
    }

    private MatchResult assess(Payer payer, Terms terms) {
        return assessor.assess(payer.getOwn(), payer.getPaidBy(), terms);
    }

    private Collection<Charge> taken(Payer payer) {
        return assessor.taken(payer.getOwn(), payer.getPaidBy());
    }

    private Terms catalogue(Payer payer) {
        var own = Objects.requireNonNull(payer.getOwn());
        return new CatalogueTerms(assessor.catalogue(), own, CombinedPayments.of(own, payer.getPaidBy()));
    }
}

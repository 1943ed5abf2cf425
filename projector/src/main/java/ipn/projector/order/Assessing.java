package ipn.projector.order;

import ipn.avro.Order;
import ipn.avro.Payer;
import ipn.avro.SettledOrder;
import ipn.projector.settlement.Amounts;
import ipn.projector.settlement.Assessment;
import ipn.projector.settlement.Assessment.Mismatch;
import ipn.projector.settlement.Assessor;
import ipn.projector.settlement.CatalogueTerms;
import ipn.projector.settlement.Problem;
import ipn.projector.settlement.Product;
import ipn.projector.settlement.Taken;
import ipn.projector.settlement.Terms;
import ipn.projector.settlement.Tolerance;
import ipn.projector.settlement.Worth;
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
record Assessing(Assessor assessor, SettledOrder settled, Instant now) {
    /** Money may be exact and still be for nothing. */
    private static final Set<String> WORTHLESS = Set.of(Problem.WRONG_MODE, Problem.UNKNOWN_PRODUCT, Problem.NO_SCOPE);

    /**
     * @param byPayer what each payer's money means, by payment key
     * @param missing that nothing was paid in time
     */
    record Assessed(String status, TreeMap<String, Assessment> byPayer, Optional<Mismatch> missing) {}

    Assessed assess() {
        var order = settled.getOrder();
        return order == null ? unknown() : expected(order);
    }

    private Assessed unknown() {
        var byPayer = new TreeMap<String, Assessment>();
        settled.getPayers().forEach((key, payer) -> byPayer.put(key, assess(payer, unknownTo(payer))));
        return new Assessed(byPayer.isEmpty() ? "NONE" : Problem.UNKNOWN_ORDER, byPayer, Optional.empty());
    }

    private Terms unknownTo(Payer payer) {
        return new UnknownOrder(
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
        var match = Match.of(order, taken, sold.map(Product::tolerance).orElse(Tolerance.NONE));
        var byPayer = new TreeMap<String, Assessment>();
        settled.getPayers()
                .forEach((key, payer) -> byPayer.put(
                        key,
                        assess(
                                payer,
                                new OrderTerms(
                                        order, sold, match, payer.getOwn(), catalogue(payer), catalogue.policy()))));
        var status = status(order, fitting, taken, match, byPayer.values());
        return new Assessed(
                status, byPayer, Optional.of(missing(order)).filter(problem -> status.equals(Problem.MISSING)));
    }

    /** Money that came and does not fit is told as what it is; missing is what did not come at all. */
    private String status(
            Order order, List<Payer> fitting, List<Taken> taken, Match match, Collection<Assessment> assessments) {
        var counting = taken.stream()
                .filter(each -> !match.renews(each) && each.currency().equals(order.getCurrency()))
                .toList();
        if (!counting.isEmpty()) {
            return Stream.concat(
                            counting.stream()
                                    .flatMap(each -> match.problem(each).stream())
                                    .map(Problem::kind),
                            kinds(assessments).filter(WORTHLESS::contains))
                    .filter(kind -> !kind.equals(Problem.DUPLICATE_PAYMENT))
                    .findFirst()
                    .orElse("MATCHED");
        }
        if (order.getAmount() == 0 && begun(fitting, taken)) {
            return "MATCHED";
        }
        return kinds(assessments).findFirst().orElseGet(() -> open(order));
    }

    private static Stream<String> kinds(Collection<Assessment> assessments) {
        return assessments.stream()
                .flatMap(assessment -> assessment.mismatches().stream())
                .map(mismatch -> mismatch.problem().kind());
    }

    /** A subscription that starts with nothing to pay. */
    private static boolean begun(List<Payer> fitting, List<Taken> taken) {
        return !taken.isEmpty()
                || fitting.stream().anyMatch(payer -> payer.getOwn().getSubscription() != null);
    }

    private String open(Order order) {
        var payBy = order.getPayBy();
        return payBy == null || now.isBefore(payBy) ? "EXPECTED" : Problem.MISSING;
    }

    private static Mismatch missing(Order order) {
        return new Mismatch(
                new Problem(
                        Problem.MISSING,
                        "order/" + order.getOrderId(),
                        Amounts.shown(order.getAmount(), order.getCurrency())
                                + (order.getPayBy() == null ? "" : " by " + order.getPayBy()),
                        "nothing"),
                "",
                OrderTerms.named(order));
    }

    private Assessment assess(Payer payer, Terms terms) {
        return assessor.assess(payer.getOwn(), payer.getSettledBy(), terms);
    }

    private Collection<Taken> taken(Payer payer) {
        return assessor.taken(payer.getOwn(), payer.getSettledBy());
    }

    private Terms catalogue(Payer payer) {
        var own = Objects.requireNonNull(payer.getOwn());
        return new CatalogueTerms(assessor.catalogue(), own, Worth.of(own, payer.getSettledBy()));
    }
}

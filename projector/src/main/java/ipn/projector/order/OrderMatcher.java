package ipn.projector.order;

import ipn.avro.DiscrepancyKind;
import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.avro.OrderStatus;
import ipn.avro.Payer;
import ipn.key.ChargeKey;
import ipn.key.OrderId;
import ipn.key.PaymentKey;
import ipn.projector.allocation.Charge;
import ipn.projector.allocation.MatchResult;
import ipn.projector.allocation.MatchResult.OpenDiscrepancy;
import ipn.projector.allocation.Mismatch;
import ipn.projector.allocation.PriceMatcher;
import ipn.projector.allocation.Terms;
import ipn.projector.catalogue.Amounts;
import ipn.projector.catalogue.JudgedProduct;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.catalogue.Tolerance;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares an order with the money of its payers.
 *
 * @param now decides only whether a payment is missing
 */
record OrderMatcher(PriceMatcher matcher, OrderAllocation allocation, Instant now) {
    /** Discrepancies with which even the exact amount pays nothing. */
    private static final Set<DiscrepancyKind> WORTHLESS =
            EnumSet.of(DiscrepancyKind.WRONG_MODE, DiscrepancyKind.UNKNOWN_PRODUCT, DiscrepancyKind.NO_SCOPE);

    /**
     * The order's status and, where it is MISMATCHED, how the money differs.
     *
     * @param byPayer the match of each payer, by payment key
     * @param missing the discrepancy that nothing was paid in time
     */
    record Result(
            OrderStatus status,
            Optional<DiscrepancyKind> discrepancy,
            TreeMap<String, MatchResult> byPayer,
            Optional<OpenDiscrepancy> missing) {}

    Result match() {
        var order = allocation.getOrder();
        return order == null ? unknown() : expected(order);
    }

    private Result unknown() {
        var byPayer = new TreeMap<String, MatchResult>();
        allocation.getPayers().forEach((key, payer) -> byPayer.put(key, match(payer, unknownTerms(payer))));
        return byPayer.isEmpty()
                ? new Result(OrderStatus.NONE, Optional.empty(), byPayer, Optional.empty())
                : mismatched(DiscrepancyKind.UNKNOWN_ORDER, byPayer, Optional.empty());
    }

    private static Result mismatched(
            DiscrepancyKind kind, TreeMap<String, MatchResult> byPayer, Optional<OpenDiscrepancy> missing) {
        return new Result(OrderStatus.MISMATCHED, Optional.of(kind), byPayer, missing);
    }

    private Terms unknownTerms(Payer payer) {
        var terms = catalogueTerms(payer);
        return new UnknownOrderTerms(
                new OrderId(allocation.getOrderId()),
                ChargeKey.whole(PaymentKey.parse(payer.getOwn().getPaymentKey())),
                terms,
                terms.product().catalogue().policy());
    }

    private Result expected(Order order) {
        var catalogue = catalogue(order);
        var product = new JudgedProduct(
                catalogue,
                catalogue
                        .get(order.getProduct())
                        .or(() -> matcher.decisions().product().flatMap(catalogue::get)));
        var qualified = allocation.getPayers().values().stream()
                .filter(payer -> OrderTerms.disqualification(
                                order, payer.getOwn(), catalogue.policy(), matcher.decisions())
                        .isEmpty())
                .toList();
        var charges = qualified.stream()
                .flatMap(payer -> matcher.charges(payer.getOwn(), payer.getPaidBy()).stream())
                .toList();
        var tolerance = product.product().map(Product::tolerance).orElse(Tolerance.NONE);
        var match = OrderMatch.match(order, charges, tolerance, late -> accepts(order, late));
        var byPayer = new TreeMap<String, MatchResult>();
        allocation.getPayers().forEach((key, payer) -> {
            var terms =
                    new OrderTerms(order, product, match, payer.getOwn(), catalogueTerms(payer), matcher.decisions());
            byPayer.put(key, match(payer, terms));
        });
        return result(order, qualified, charges, match, byPayer);
    }

    /** Money that does not match is reported as what it is; MISSING is only money that did not arrive at all. */
    private Result result(
            Order order,
            List<Payer> qualified,
            List<Charge> charges,
            OrderMatch match,
            TreeMap<String, MatchResult> byPayer) {
        var counting = charges.stream()
                .filter(charge -> !match.isRenewal(charge) && charge.currency().equals(order.getCurrency()))
                .filter(charge -> Optional.ofNullable(match.late().get(charge.key()))
                        .filter(late -> !accepts(order, late))
                        .isEmpty())
                .toList();
        if (!counting.isEmpty()) {
            return firstMismatch(counting, match, byPayer.values())
                    .map(kind -> mismatched(kind, byPayer, Optional.empty()))
                    .orElseGet(() -> matched(byPayer));
        }
        if (order.getAmount() == 0 && hasBegun(qualified, charges)) {
            return matched(byPayer);
        }
        return kinds(byPayer.values())
                .findFirst()
                .map(kind -> mismatched(kind, byPayer, Optional.empty()))
                .orElseGet(() -> unpaid(order, byPayer));
    }

    private static Result matched(TreeMap<String, MatchResult> byPayer) {
        return new Result(OrderStatus.MATCHED, Optional.empty(), byPayer, Optional.empty());
    }

    /** The version of the catalogue that was in force when the checkout made the order: what it promised holds, whenever it is paid. */
    private ProductCatalogue catalogue(Order order) {
        return matcher.history().at(order.getCreatedAt());
    }

    private boolean accepts(Order order, Mismatch late) {
        return catalogue(order).policy().grants(late.kind())
                || matcher.decisions().accepts(late, OrderTerms.references(order));
    }

    private static Optional<DiscrepancyKind> firstMismatch(
            List<Charge> counting, OrderMatch match, Collection<MatchResult> results) {
        return Stream.concat(
                        counting.stream()
                                .flatMap(charge -> match
                                        .mismatch(charge)
                                        .or(() ->
                                                Optional.ofNullable(match.late().get(charge.key())))
                                        .stream())
                                .map(Mismatch::kind),
                        kinds(results).filter(WORTHLESS::contains))
                .filter(kind -> kind != DiscrepancyKind.DUPLICATE_PAYMENT)
                .findFirst();
    }

    private static Stream<DiscrepancyKind> kinds(Collection<MatchResult> results) {
        return results.stream().flatMap(MatchResult::kinds);
    }

    /** Whether a subscription that starts with nothing to pay has begun. */
    private static boolean hasBegun(List<Payer> qualified, List<Charge> charges) {
        return !charges.isEmpty()
                || qualified.stream().anyMatch(payer -> payer.getOwn().getSubscription() != null);
    }

    private Result unpaid(Order order, TreeMap<String, MatchResult> byPayer) {
        var payBy = order.getPayBy();
        return payBy == null || now.isBefore(payBy)
                ? new Result(OrderStatus.EXPECTED, Optional.empty(), byPayer, Optional.empty())
                : mismatched(
                        DiscrepancyKind.MISSING,
                        byPayer,
                        Optional.of(missing(order, payBy, catalogue(order).version())));
    }

    private static OpenDiscrepancy missing(Order order, Instant payBy, String policyVersion) {
        var expected = Amounts.format(order.getAmount(), order.getCurrency()) + " by " + payBy;
        return new OpenDiscrepancy(
                Mismatch.ofOrder(DiscrepancyKind.MISSING, expected, "nothing"),
                Optional.empty(),
                OrderTerms.references(order),
                policyVersion);
    }

    private MatchResult match(Payer payer, Terms terms) {
        return matcher.match(payer.getOwn(), payer.getPaidBy(), terms);
    }

    private Terms catalogueTerms(Payer payer) {
        return matcher.catalogueTerms(payer.getOwn(), payer.getPaidBy());
    }
}

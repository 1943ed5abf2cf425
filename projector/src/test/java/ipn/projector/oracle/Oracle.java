package ipn.projector.oracle;

import ipn.projector.oracle.Story.Invoice;
import ipn.projector.oracle.Story.Line;
import ipn.projector.oracle.Story.Outcome;
import ipn.projector.oracle.Story.Product;
import ipn.projector.oracle.Story.Purchase;
import ipn.projector.oracle.Story.Refund;
import ipn.projector.oracle.Story.Result;
import ipn.projector.oracle.Story.Shape;
import ipn.projector.oracle.Story.State;
import ipn.projector.oracle.Story.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The specification, read from top to bottom: who has access until when, what the books contain, and what is open for a person to
 * look at. It looks at what happened, and not at the order in which anybody was notified of it.
 */
public final class Oracle {
    private static final int TRIAL_TOLERANCE = 1;

    private final Story story;
    private final int today;
    private final Map<String, String> access = new TreeMap<>();
    private final Map<String, Long> books = new TreeMap<>();
    private final Map<String, Long> open = new TreeMap<>();

    private Oracle(Story story, int today) {
        this.story = story;
        this.today = today;
    }

    /** What must hold at the end of a day, of a story of which nothing happened later. */
    public static Expectation expect(Story story, int today) {
        var oracle = new Oracle(story, today);
        var best = new TreeMap<String, Access>();
        for (var purchase : story.purchases()) {
            oracle.purchase(purchase)
                    .forEach((entitlement, access) ->
                            best.merge(purchase.subject() + "/" + entitlement, access, Access::better));
        }
        best.forEach((key, access) -> access.print().ifPresent(text -> oracle.access.put(key, text)));
        oracle.books.values().removeIf(sum -> sum == 0);
        return new Expectation(oracle.access, oracle.books, oracle.open);
    }

    // 1. An invoice pays for periods of products, as far as its lines are what the merchant sells.

    /** A period of a product that is paid for, or was. */
    private record Period(Product product, String invoice, int from, int until, Money money, boolean credited) {
        Period creditedFrom(int day) {
            return new Period(product, invoice, from, day, money, true);
        }
    }

    private enum Money {
        KEPT,
        DISPUTED,
        GONE
    }

    /** Lines of one product, in the order in which the invoice first names it. */
    private record Sale(Optional<Product> product, List<Line> lines) {
        long amount() {
            return lines.stream().mapToLong(Line::amount).sum();
        }

        long discount() {
            return lines.stream().mapToLong(Line::discount).sum();
        }

        long net() {
            return amount() - discount();
        }

        int from() {
            return lines.stream().mapToInt(Line::from).min().orElseThrow();
        }
    }

    private List<Period> periods(Purchase purchase, Invoice invoice) {
        if (!invoice.isPaid()) {
            return List.of();
        }
        var sales = sales(purchase, invoice);
        var matched = new ArrayList<Sale>();
        var wrong = new ArrayList<String>();
        var isUnpaid = invoice.itemized() && invoice.paid() < invoice.due();
        for (var sale : sales) {
            // Money that is back with the payer cannot be a mismatch.
            var isBack = share(invoice, sales, sale).isGone(0);
            if (sale.product().isEmpty()) {
                wrong.addAll(isBack ? List.of() : List.of("UNKNOWN_PRODUCT"));
            } else if (!isUnpaid) {
                var mismatch = mismatch(invoice, sale, sale.product().get());
                mismatch.filter(kind -> !isBack).ifPresent(wrong::add);
                // too much money is looked at, and gives access all the same
                if (mismatch.isEmpty() || mismatch.get().equals("OVERPAID")) {
                    matched.add(sale);
                }
            }
        }
        if (isUnpaid
                && sales.stream()
                        .anyMatch(sale -> sale.product().isPresent()
                                && !share(invoice, sales, sale).isGone(0))) {
            wrong.add("UNDERPAID");
        }
        // An invoice of which only the amount is known, and that took no money, proves nothing.
        if (!invoice.itemized() && invoice.paid() == 0) {
            return List.of();
        }
        wrong.forEach(kind -> open.merge(key(purchase, invoice) + " " + kind, 1L, Long::sum));
        book(invoice, sales, matched);
        return matched.stream().map(sale -> period(invoice, sales, sale)).toList();
    }

    private static Period period(Invoice invoice, List<Sale> sales, Sale sale) {
        var product = sale.product().orElseThrow();
        var share = share(invoice, sales, sale);
        var money = share.isGone(product.keepsAbove())
                ? Money.GONE
                : share.isQuestioned(product.keepsAbove()) ? Money.DISPUTED : Money.KEPT;
        return new Period(
                product,
                invoice.id(),
                sale.from(),
                sale.lines().stream().mapToInt(Line::until).max().orElseThrow(),
                money,
                false);
    }

    // 2. The gateway's price ids decide what is sold; a word names it only where no price id does.

    private List<Sale> sales(Purchase purchase, Invoice invoice) {
        var selling = invoice.lines().stream().filter(Line::sells).toList();
        if (selling.isEmpty()) {
            return List.of();
        }
        var byProduct = new LinkedHashMap<Product, List<Line>>();
        var unknown = new ArrayList<Line>();
        for (var line : selling) {
            bySku(line.sku())
                    .ifPresentOrElse(
                            product -> byProduct
                                    .computeIfAbsent(product, none -> new ArrayList<>())
                                    .add(line),
                            () -> unknown.add(line));
        }
        var named = story.products().stream()
                .filter(product -> product.name().equals(purchase.word()))
                .findFirst();
        // Where the gateway names a price id, a word that the payer can write does not count.
        if (purchase.payerWrites("product")) {
            named = Optional.empty();
        }
        if (!invoice.itemized() && named.isPresent() || byProduct.isEmpty() && named.isPresent()) {
            return List.of(new Sale(named, selling));
        }
        var sales = new ArrayList<Sale>();
        byProduct.forEach((product, lines) -> sales.add(new Sale(Optional.of(product), lines)));
        if (!unknown.isEmpty()) {
            sales.add(new Sale(Optional.empty(), unknown));
        }
        return sales;
    }

    // 3. A sale matches: paid in full, in a currency of the product, at its price, with a discount that is sold.

    private static Optional<String> mismatch(Invoice invoice, Sale sale, Product product) {
        var price = product.prices().get(invoice.currency());
        if (!invoice.itemized()) {
            return price == null ? Optional.of("CURRENCY_MISMATCH") : difference(invoice.paid(), price);
        }
        if (price == null) {
            return Optional.of("CURRENCY_MISMATCH");
        }
        for (var line : sale.lines()) {
            var full = price * line.quantity();
            var matches =
                    line.amount() == full || line.amount() + line.tax() == full || line.offer() && line.amount() < full;
            if (!line.proration() && !matches) {
                return difference(line.amount(), full);
            }
        }
        var discount = sale.discount() + proportion(invoice.discount(), sale.amount(), allSold(invoice));
        var offered = sale.lines().stream().anyMatch(Line::offer);
        var tooLow = discount * 100 > sale.amount() * product.discount();
        return tooLow || discount == 0 && offered && product.discount() < 100
                ? Optional.of("UNDERPAID")
                : Optional.empty();
    }

    private static Optional<String> difference(long paid, long price) {
        return paid == price ? Optional.empty() : Optional.of(paid < price ? "UNDERPAID" : "OVERPAID");
    }

    private static long allSold(Invoice invoice) {
        return invoice.lines().stream()
                .filter(Line::sells)
                .mapToLong(Line::amount)
                .sum();
    }

    // 4. Refunds and lost disputes add up. Access lasts while the product's part of what was paid remains. A refund of
    // a line
    // falls on the sale of that line, up to what was paid for it. All other money that goes back falls on what is left
    // of each
    // sale, in proportion; where no line was refunded, so much is left of each sale as is left of the invoice.

    /** What was paid for a sale, and what of that went back; and what its lines cost, of which the gateway refunded so much. */
    private record Share(long paid, long refunded, long lost, long open, boolean isRefundedByLine) {
        boolean isGone(int keepsAbove) {
            return paid > 0 && (isRefundedByLine || !isEnough(refunded + lost, keepsAbove));
        }

        /** Once the open disputes were lost, too little would remain. */
        boolean isQuestioned(int keepsAbove) {
            return paid > 0 && !isEnough(refunded + lost + open, keepsAbove);
        }

        private boolean isEnough(long back, int keepsAbove) {
            var remains = paid - back;
            return remains > 0 && remains * 100 >= paid * keepsAbove;
        }
    }

    private static Share share(Invoice invoice, List<Sale> sales, Sale sale) {
        var at = sales.indexOf(sale);
        var paid = paid(invoice, sales);
        if (!isByLine(invoice, sales) || paid.get(at) == 0) {
            return new Share(
                    invoice.paid(),
                    invoice.refunded(),
                    invoice.disputed(Outcome.LOST),
                    invoice.disputed(Outcome.OPEN),
                    false);
        }
        var byLine = byLine(invoice, sales).get(at);
        return new Share(
                paid.get(at),
                refunded(invoice, sales).get(at),
                held(invoice, sales, invoice.disputed(Outcome.LOST)).get(at),
                held(invoice, sales, invoice.disputed(Outcome.OPEN)).get(at),
                byLine > 0 && byLine >= sale.net());
    }

    private static boolean isByLine(Invoice invoice, List<Sale> sales) {
        return byLine(invoice, sales).stream().anyMatch(amount -> amount > 0);
    }

    /** What the gateway refunded of the lines of each sale. A name that belongs to no sale, or to several, tells nothing. */
    private static List<Long> byLine(Invoice invoice, List<Sale> sales) {
        return sales.stream()
                .map(sale -> invoice.refunds().stream()
                        .filter(refund -> refund.isOf(sale.lines())
                                && sales.stream()
                                                .filter(each -> refund.isOf(each.lines()))
                                                .count()
                                        == 1)
                        .mapToLong(Refund::amount)
                        .sum())
                .toList();
    }

    private static List<Long> paid(Invoice invoice, List<Sale> sales) {
        return parts(invoice.paid(), sales.stream().map(Sale::net).toList());
    }

    private static List<Long> refunded(Invoice invoice, List<Sale> sales) {
        var paid = paid(invoice, sales);
        if (!isByLine(invoice, sales)) {
            return parts(invoice.refunded(), sales.stream().map(Sale::net).toList());
        }
        var byLine = new ArrayList<Long>();
        var left = new ArrayList<Long>();
        for (var i = 0; i < sales.size(); i++) {
            byLine.add(Math.min(byLine(invoice, sales).get(i), paid.get(i)));
            left.add(paid.get(i) - byLine.get(i));
        }
        var named = byLine.stream().mapToLong(Long::longValue).sum();
        var other = parts(invoice.refunded() - named, left);
        var refunded = new ArrayList<Long>();
        for (var i = 0; i < sales.size(); i++) {
            refunded.add(byLine.get(i) + other.get(i));
        }
        return refunded;
    }

    private static List<Long> held(Invoice invoice, List<Sale> sales, long whole) {
        if (!isByLine(invoice, sales)) {
            return parts(whole, sales.stream().map(Sale::net).toList());
        }
        var left = new ArrayList<Long>();
        for (var i = 0; i < sales.size(); i++) {
            left.add(paid(invoice, sales).get(i) - refunded(invoice, sales).get(i));
        }
        return parts(whole, left);
    }

    /** In proportion: what the parts up to each have together, rounded down, less what those before it have. */
    private static List<Long> parts(long whole, List<Long> weights) {
        var all = weights.stream().mapToLong(Long::longValue).sum();
        var parts = new ArrayList<Long>();
        long before = 0;
        for (var weight : weights) {
            parts.add(proportion(whole, before + weight, all) - proportion(whole, before, all));
            before += weight;
        }
        return parts;
    }

    // 5. The books: cash by what was captured and went back; revenue only for sales that match; the rest stays
    // unmatched.

    private void book(Invoice invoice, List<Sale> sales, List<Sale> matched) {
        var held = invoice.disputed(Outcome.OPEN) + invoice.disputed(Outcome.LOST);
        post("clearing", invoice, invoice.paid() - invoice.refunded() - held);
        post("unmatched", invoice, -(invoice.paid() - invoice.refunded() - held));
        // of an invoice no more can be held back than refunds have left
        var heldOfRest = Math.min(held, Math.max(0, invoice.paid() - invoice.refunded()));
        for (var sale : matched) {
            var at = sales.indexOf(sale);
            var product = " " + sale.product().orElseThrow().name();
            var paid = paid(invoice, sales).get(at);
            // of revenue no more can go back than there is
            var refunded = Math.min(paid, refunded(invoice, sales).get(at));
            var disputed =
                    Math.min(paid - refunded, held(invoice, sales, heldOfRest).get(at));
            post("revenue" + product, invoice, -paid);
            post("refunds" + product, invoice, refunded);
            post("disputes" + product, invoice, disputed);
            post("unmatched", invoice, paid - refunded - disputed);
        }
    }

    private static long proportion(long whole, long part, long all) {
        return all == 0 ? whole : whole * part / all;
    }

    private void post(String account, Invoice invoice, long amount) {
        books.merge(account + " " + invoice.currency(), amount, Long::sum);
    }

    private static String key(Purchase purchase, Invoice invoice) {
        return purchase.shape() == Shape.LINKED ? invoice.id() : purchase.id();
    }

    // 6. A purchase: periods, cut where the gateway credited unused time or the subscriber switched; trials as far as
    // they are
    // sold; the status reported last.

    private Map<String, Access> purchase(Purchase purchase) {
        var periods = new ArrayList<Period>();
        purchase.invoices().forEach(invoice -> periods.addAll(periods(purchase, invoice)));
        var all = List.copyOf(periods);
        periods.replaceAll(period -> cut(purchase, period, all));
        periods.addAll(trials(purchase));
        var byEntitlement = new TreeMap<String, List<Period>>();
        periods.forEach(period -> byEntitlement
                .computeIfAbsent(period.product().entitlement(), none -> new ArrayList<>())
                .add(period));
        var accesses = new TreeMap<String, Access>();
        byEntitlement.forEach((entitlement, each) ->
                accesses.put(entitlement, access(purchase, entitlement, each, reported(purchase, entitlement))));
        return accesses;
    }

    /**
     * A credit for unused time ends what another invoice paid for that time. Where everything is reported under one payment key, a
     * switch without a credit ends the periods of other products in which its own begins, but not of those that are still items. Under
     * any key, a product that is no longer an item ends where a paid period of another product of its entitlement begins.
     */
    private Period cut(Purchase purchase, Period period, List<Period> all) {
        var ends = new ArrayList<Integer>();
        for (var invoice : purchase.invoices()) {
            var credits =
                    invoice.lines().stream().filter(line -> line.amount() < 0).toList();
            if (!invoice.isPaid() || invoice.id().equals(period.invoice())) {
                continue;
            }
            credits.stream()
                    .filter(credit -> bySku(credit.sku()).equals(Optional.of(period.product())))
                    .map(Line::from)
                    .filter(from -> period.from() <= from)
                    .forEach(ends::add);
            if (credits.isEmpty() && invoice.switches() && purchase.shape() == Shape.ONE_KEY) {
                all.stream()
                        .filter(later -> later.invoice().equals(invoice.id()))
                        .filter(later -> !later.product().equals(period.product()))
                        .filter(later -> !continues(purchase, period, later.from(), all))
                        .map(Period::from)
                        .filter(from -> period.from() < from)
                        .forEach(ends::add);
            }
        }
        var former = former(purchase);
        all.stream()
                .filter(later -> former.contains(period.product())
                        && !former.contains(later.product())
                        && later.product().entitlement().equals(period.product().entitlement())
                        && later.money() != Money.GONE)
                .map(Period::from)
                .filter(from -> period.from() < from)
                .forEach(ends::add);
        return ends.stream()
                .filter(end -> end < period.until())
                .min(Comparator.naturalOrder())
                .map(period::creditedFrom)
                .orElse(period);
    }

    /** A product is still an item after a switch, and nobody bought it anew instead. */
    private boolean continues(Purchase purchase, Period period, int switched, List<Period> all) {
        return newest(purchase).filter(last -> last.day() >= switched).isPresent()
                && items(purchase).contains(period.product())
                && all.stream()
                        .filter(again -> again.product().equals(period.product()))
                        .noneMatch(again -> again.from() >= switched && again.from() < period.until());
    }

    /** Of several items of one entitlement, the first whose trial is sold is tried. */
    private List<Period> trials(Purchase purchase) {
        var trials = new LinkedHashMap<String, Period>();
        newest(purchase).filter(last -> last.trialEnd().isPresent()).ifPresent(last -> {
            for (var product : tried(purchase, last)) {
                var began = purchase.statuses().get(0).day();
                var end = last.trialEnd().getAsInt();
                var sold = product.trial();
                var isSold = sold.isPresent()
                        ? end <= began + sold.getAsInt() + TRIAL_TOLERANCE
                        : !purchase.payerWrites("trial");
                if (isSold) {
                    trials.putIfAbsent(product.entitlement(), new Period(product, "", began, end, Money.KEPT, false));
                } else {
                    open.merge(purchase.id() + " UNSOLD_TRIAL", 1L, Long::sum);
                }
            }
        });
        return List.copyOf(trials.values());
    }

    /** A trial is of what the subscription is for now; without items, of what it is named. */
    private List<Product> tried(Purchase purchase, Status last) {
        var items = items(purchase);
        return items.isEmpty()
                ? last.skus().stream()
                        .flatMap(sku -> bySku(sku).stream())
                        .limit(1)
                        .toList()
                : items;
    }

    private static Optional<Status> newest(Purchase purchase) {
        return purchase.statuses().stream().max(Comparator.comparing(Status::day));
    }

    /** Products that the subscription is for now; empty: unknown. */
    private List<Product> items(Purchase purchase) {
        return newest(purchase).filter(Status::areItems).stream()
                .flatMap(last -> last.skus().stream())
                .flatMap(sku -> bySku(sku).stream())
                .distinct()
                .toList();
    }

    /** Products that the subscription was for, and is no longer. */
    private List<Product> former(Purchase purchase) {
        var items = items(purchase);
        return items.isEmpty()
                ? List.of()
                : named(purchase).stream()
                        .filter(product -> !items.contains(product))
                        .toList();
    }

    /** Products whose price ids were ever reported under the payment key of the subscription. */
    private List<Product> named(Purchase purchase) {
        var ofStatuses = purchase.statuses().stream().flatMap(status -> status.skus().stream());
        var ofLines = purchase.invoices().stream()
                .filter(invoice -> purchase.shape() == Shape.ONE_KEY)
                .flatMap(invoice -> invoice.lines().stream().map(Line::sku));
        return Stream.concat(ofStatuses, ofLines)
                .flatMap(sku -> bySku(sku).stream())
                .distinct()
                .toList();
    }

    /** What the newest status means for one entitlement. */
    private record Reported(int day, State state, OptionalInt cancelAt, boolean renews) {}

    /**
     * A status is about everything that the subscription is for; where that is unknown, about everything it was ever named. What it is no
     * longer for does not renew, and ends at the latest with the subscription; it is neither paused nor past due.
     */
    private Optional<Reported> reported(Purchase purchase, String entitlement) {
        var items = items(purchase);
        var isNamed = isAnyOf(named(purchase), entitlement);
        var isPresent = isAnyOf(items.isEmpty() ? named(purchase) : items, entitlement);
        return newest(purchase).filter(last -> isNamed).map(last -> {
            var hasEnded = List.of(State.CANCELED, State.EXPIRED, State.UNPAID).contains(last.state());
            return new Reported(
                    last.day(),
                    isPresent || hasEnded ? last.state() : State.ACTIVE,
                    last.cancelAt(),
                    isPresent && !last.cancelScheduled() && last.cancelAt().isEmpty());
        });
    }

    private static boolean isAnyOf(List<Product> products, String entitlement) {
        return products.stream().anyMatch(product -> product.entitlement().equals(entitlement));
    }

    private Optional<Product> bySku(String sku) {
        return story.products().stream()
                .filter(product -> product.sku().equals(sku))
                .findFirst();
    }

    // 7. Access: until the last paid period ends, then a grace period if the subscription should renew.

    private Access access(Purchase purchase, String entitlement, List<Period> periods, Optional<Reported> reported) {
        var paid =
                periods.stream().filter(period -> period.money() != Money.GONE).toList();
        if (paid.isEmpty()) {
            return Access.NONE;
        }
        // not every gateway reports that a subscription is active again; a period paid later proves it too
        var state = reported.filter(last -> paid.stream().noneMatch(period -> period.from() > last.day()))
                .map(Reported::state)
                .orElse(State.ACTIVE);
        // of two that end together the one that began later replaces the other
        var last = paid.stream()
                .max(Comparator.comparing(Period::until)
                        .thenComparing(Period::from)
                        .thenComparing(Period::invoice)
                        .thenComparing(period -> period.product().name()))
                .orElseThrow();
        var cancelAt = reported.map(Reported::cancelAt).orElse(OptionalInt.empty());
        var end = Math.min(last.until(), cancelAt.orElse(last.until()));
        // what is paid for outlasts a cancellation, where the merchant has not decided otherwise; a trial does not
        var keeps = state == State.CANCELED
                && !last.invoice().isEmpty()
                && !last.product().endsAtOnce()
                && reported.orElseThrow().day() < end;
        if (state == State.UNPAID || state == State.EXPIRED || state == State.CANCELED && !keeps) {
            return Access.NONE;
        }
        if (state == State.PAUSED) {
            return Access.SUSPENDED;
        }
        if (paid.stream().anyMatch(period -> period.money() == Money.DISPUTED && period.until() > today)) {
            return Access.SUSPENDED;
        }
        if (today < end) {
            return Access.active(end);
        }
        // what was credited was switched, and is not renewed
        var renews =
                !last.credited() && !keeps && reported.map(Reported::renews).orElse(true);
        var renewalGone = periods.stream().anyMatch(period -> period.money() == Money.GONE && period.from() >= end);
        var failed = Stream.concat(
                failedRenewals(purchase, entitlement, end),
                reported.filter(each -> state == State.PAST_DUE).map(Reported::day).stream());
        // grace begins with the first renewal that could not be collected; where none is known to have failed, with the
        // end
        var graceStart = failed.map(day -> Math.max(day, end))
                .min(Comparator.naturalOrder())
                .orElse(end);
        var graceEnd = graceStart + last.product().grace();
        return renews && !renewalGone && today < graceEnd ? Access.grace(end, graceEnd) : Access.NONE;
    }

    /** The days on which renewals of an entitlement could not be collected. */
    private Stream<Integer> failedRenewals(Purchase purchase, String entitlement, int end) {
        return purchase.invoices().stream()
                .filter(invoice -> invoice.result() == Result.FAILED)
                .filter(invoice -> sales(purchase, invoice).stream()
                        .filter(sale -> sale.product()
                                .filter(product -> product.entitlement().equals(entitlement))
                                .isPresent())
                        .anyMatch(sale -> sale.from() >= end))
                .map(Invoice::day);
    }

    /** The best of several purchases counts. */
    private record Access(int rank, int until, String text) {
        static final Access NONE = new Access(0, 0, "");
        static final Access SUSPENDED = new Access(1, 0, "SUSPENDED");

        static Access active(int until) {
            return new Access(3, until, "ACTIVE until " + until);
        }

        static Access grace(int end, int until) {
            return new Access(2, until, "GRACE since " + end + " until " + until);
        }

        Access better(Access other) {
            return Comparator.comparing(Access::rank)
                                    .thenComparing(Access::until)
                                    .compare(this, other)
                            >= 0
                    ? this
                    : other;
        }

        Optional<String> print() {
            return Optional.of(text).filter(shown -> !shown.isEmpty());
        }
    }
}

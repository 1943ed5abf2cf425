package ipn.projector.oracle;

import ipn.projector.oracle.Story.Dispute;
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
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Builds a story: a few products, and subscribers with trials, renewals, several items, coupons, credit, switches, refunds and disputes. */
public final class RandomStory {
    private static final String UNKNOWN_SKU = "price_gone";

    private final RandomGenerator random;
    private final String suffix;
    private final List<Product> products = new ArrayList<>();
    private final boolean hasLongAndShort;
    private int ids;

    private RandomStory(RandomGenerator random, String suffix) {
        this.random = random;
        this.suffix = suffix;
        this.hasLongAndShort = oneIn(2);
    }

    public static Story create(RandomGenerator random) {
        return create(random, "");
    }

    /** @param suffix of all its names, so that several stories can be told at once */
    public static Story create(RandomGenerator random, String suffix) {
        var builder = new RandomStory(random, suffix);
        for (var i = 0; i < 2 + random.nextInt(4); i++) {
            builder.products.add(builder.product(i));
        }
        var purchases = new ArrayList<Purchase>();
        for (var i = 0; i < 1 + random.nextInt(4); i++) {
            purchases.add(builder.new Life(builder.firstBought(), "u_" + random.nextInt(2) + suffix).live(i));
        }
        return new Story(List.copyOf(builder.products), List.copyOf(purchases));
    }

    /** The first two are often one entitlement for a long and for a short time. */
    private Product product(int number) {
        var isOneOfTwo = number < 2 && hasLongAndShort;
        var usd = 100L * (3 + random.nextInt(40)) - random.nextInt(2);
        return new Product(
                "product-" + number + suffix,
                "price_" + number + suffix,
                isOneOfTwo ? "premium" : any(List.of("premium", "premium", "ads", "archive")),
                any(isOneOfTwo ? number == 0 ? List.of(90, 365) : List.of(7, 30) : List.of(7, 30, 30, 90, 365)),
                any(List.of(0, 3, 7, 14)),
                random.nextInt(3) == 0 ? Map.of("USD", usd) : Map.of("USD", usd, "JPY", usd * 3 / 2),
                any(List.of(100, 100, 0, 25, 50)),
                random.nextInt(3) == 0 ? OptionalInt.of(any(List.of(3, 7, 14))) : OptionalInt.empty(),
                any(List.of(50, 50, 0, 80, 100)),
                random.nextInt(3) == 0);
    }

    private Product firstBought() {
        return hasLongAndShort && oneIn(2) ? products.get(0) : any(products);
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    /** One subscription. */
    private final class Life {
        private final String subject;
        private final Shape shape = any(List.of(Shape.values()));
        private final boolean itemized = !oneIn(8);
        /** Whether statuses contain all that the subscription is for now, and not only names of what was bought. */
        private final boolean reportsItems = !oneIn(3);

        private final String currency;
        /** One a day: what happens on one day is reported together. */
        private final TreeMap<Integer, Status> statuses = new TreeMap<>();

        private final List<Invoice> invoices = new ArrayList<>();
        private final Product first;
        private Product product;
        /** Items beside the product. */
        private final Set<Product> added = new LinkedHashSet<>();

        private OptionalInt trialEnd = OptionalInt.empty();
        private int day;

        Life(Product first, String subject) {
            this.first = first;
            this.product = first;
            this.subject = subject;
            this.currency = oneIn(5) ? "JPY" : "USD";
            this.day = random.nextInt(10);
        }

        Purchase live(int number) {
            if (itemized && oneIn(4)) {
                add(anyOther());
            }
            if (oneIn(6)) {
                trial();
            } else {
                report(day, State.ACTIVE);
            }
            var periods = random.nextInt(5);
            for (var period = 0; period < periods; period++) {
                period();
            }
            end();
            var payerWrites = oneIn(3) ? Set.of("product", "trial") : Set.<String>of();
            // a payer writes anything; a merchant names the product that the subscription was sold as
            var word = payerWrites.isEmpty() ? first.name() : any(products).name();
            return new Purchase(
                    "sub_" + number + suffix,
                    subject,
                    shape,
                    oneIn(3) ? word : "",
                    payerWrites,
                    List.copyOf(statuses.values()),
                    List.copyOf(invoices));
        }

        /** Without items, a trial is of the one product that a subscription was ever for: then it sells no other. */
        private boolean sellsOthers() {
            return itemized && (reportsItems || trialEnd.isEmpty());
        }

        private Product anyOther() {
            return any(products);
        }

        /** Of its entitlement, with a shorter interval; else itself. */
        private Product anyShorter() {
            return products.stream()
                    .filter(each -> each.entitlement().equals(product.entitlement()) && each.days() < product.days())
                    .findFirst()
                    .orElse(product);
        }

        private boolean add(Product other) {
            return !other.equals(product) && added.add(other);
        }

        private void trial() {
            if (!reportsItems) {
                added.clear();
            }
            var length = product.trial().orElse(14) + any(List.of(0, 0, 1, 10));
            trialEnd = OptionalInt.of(day + length);
            report(day, State.TRIALING);
            day += length;
            if (oneIn(2)) {
                report(day, State.ACTIVE);
            }
        }

        private void period() {
            var change = sellsOthers() ? random.nextInt(12) : 9 + random.nextInt(8);
            var from = day;
            var until = from + product.days();
            var middle = from + product.days() / 2;
            if (sellsOthers() && oneIn(8) && add(anyOther())) {
                report(from, State.ACTIVE);
            }
            renewal(from, until);
            day = until;
            switch (change) {
                case 0, 1, 2, 3 -> switched(middle, until);
                case 4 -> added(from);
                case 5, 6 -> removed(middle, until);
                case 7 -> moreOfIt(middle, until);
                case 8, 9 -> interrupted(middle, any(List.of(State.PAUSED, State.PAST_DUE, State.UNPAID)));
                default -> {
                    // it only renews
                }
            }
        }

        /** Some gateways do not report that it is active again. */
        private void interrupted(int at, State state) {
            report(at, state);
            if (oneIn(2)) {
                report(at + 2, State.ACTIVE);
            }
        }

        private void report(int at, State state) {
            report(at, state, OptionalInt.empty(), false);
        }

        private void report(int at, State state, OptionalInt cancelAt, boolean scheduled) {
            var skus = new ArrayList<String>();
            skus.add(product.sku());
            added.forEach(each -> skus.add(each.sku()));
            if (oneIn(4)) {
                Collections.reverse(skus);
            }
            if (oneIn(12)) {
                skus.add(random.nextInt(skus.size() + 1), UNKNOWN_SKU);
            }
            statuses.put(at, new Status(at, state, List.copyOf(skus), reportsItems, trialEnd, cancelAt, scheduled));
        }

        private void renewal(int from, int until) {
            var lines = new ArrayList<Line>();
            lines.add(fullLine(product, from, until));
            added.forEach(other -> lines.add(fullLine(other, from, from + other.days())));
            if (itemized && oneIn(10)) {
                lines.add(new Line(UNKNOWN_SKU, 1, 500, 0, false, 0, false, from, until));
            }
            if (itemized && oneIn(20)) {
                var only = lines.get(0);
                lines.clear();
                lines.add(new Line(UNKNOWN_SKU, 1, only.amount(), 0, false, 0, false, from, until));
            }
            invoice(from, false, lines);
        }

        private Line fullLine(Product sold, int from, int until) {
            var quantity = itemized && oneIn(6) ? 3 : 1;
            var full = sold.prices().getOrDefault(currency, 700L) * quantity;
            var wrong = oneIn(20) ? any(List.of(-100L, 100L)) : 0;
            var amount = full + wrong;
            if (!itemized) {
                return new Line(sold.sku(), 1, amount, 0, false, 0, false, from, until);
            }
            return switch (random.nextInt(8)) {
                case 0, 1 -> {
                    var percent = any(List.of(10, 25, 50, 100));
                    yield new Line(sold.sku(), quantity, amount, amount * percent / 100, false, 0, false, from, until);
                }
                case 2 -> new Line(sold.sku(), quantity, amount / 2, 0, true, 0, false, from, until);
                case 3 -> // the price contains the tax, the amount does not
                    new Line(sold.sku(), quantity, amount - amount / 5, 0, false, amount / 5, false, from, until);
                case 4 -> // tax is added to the price
                    new Line(sold.sku(), quantity, amount, 0, false, amount / 5, false, from, until);
                default -> new Line(sold.sku(), quantity, amount, 0, false, 0, false, from, until);
            };
        }

        /**
         * To another product within the period. Gateways credit the unused time, only report that it is a switch, or charge the new
         * product with the next renewal.
         */
        private void switched(int at, int until) {
            var former = product;
            var next = oneIn(2) ? anyShorter() : anyOther();
            if (next.equals(former)) {
                return;
            }
            product = next;
            added.remove(next);
            report(at, State.ACTIVE);
            if (oneIn(5)) {
                return;
            }
            var unused = former.prices().getOrDefault(currency, 700L) / 2;
            var price = next.prices().getOrDefault(currency, 700L);
            var lines = new ArrayList<Line>();
            if (oneIn(2)) {
                lines.add(new Line(former.sku(), 1, -unused, 0, false, 0, true, at, until));
            }
            if (next.days() == former.days()) {
                lines.add(new Line(next.sku(), 1, price / 2, 0, false, 0, true, at, until));
            } else {
                lines.add(new Line(next.sku(), 1, price, 0, false, 0, false, at, at + next.days()));
                day = at + next.days();
            }
            invoice(at, true, lines);
            if (oneIn(4)) {
                // once more, charged with the next renewal
                product = anyOther();
                added.remove(product);
                report(at + 2, State.ACTIVE);
            }
        }

        /** A higher quantity within the period: the same product credited and sold. */
        private void moreOfIt(int at, int until) {
            var half = product.prices().getOrDefault(currency, 700L) / 2;
            invoice(
                    at,
                    true,
                    List.of(
                            new Line(product.sku(), 1, -half, 0, false, 0, true, at, until),
                            new Line(product.sku(), 2, half * 2, 0, false, 0, true, at, until)));
        }

        /** Another product is added on the second day, and perhaps removed within its period. */
        private void added(int from) {
            var other = anyOther();
            if (!add(other)) {
                return;
            }
            report(from + 1, State.ACTIVE);
            var price = other.prices().getOrDefault(currency, 700L);
            var end = from + 1 + other.days();
            invoice(from + 1, oneIn(2), List.of(new Line(other.sku(), 1, price, 0, false, 0, false, from + 1, end)));
            if (oneIn(2)) {
                remove(other, from + 4, end);
            }
        }

        private void removed(int at, int until) {
            if (!added.isEmpty()) {
                remove(any(List.copyOf(added)), at, until);
            }
        }

        /** With an invoice of a credit and nothing else, or without. */
        private void remove(Product other, int at, int until) {
            added.remove(other);
            report(at, State.ACTIVE);
            if (oneIn(2)) {
                var unused = other.prices().getOrDefault(currency, 700L) / 2;
                invoice(at, true, List.of(new Line(other.sku(), 1, -unused, 0, false, 0, true, at, until)));
            }
        }

        private void invoice(int at, boolean switches, List<Line> lines) {
            var net = lines.stream()
                    .mapToLong(line -> line.amount() - line.discount() + line.tax())
                    .sum();
            var discount = itemized && oneIn(10) && lines.stream().allMatch(line -> line.discount() == 0)
                    ? Math.max(0, net) / any(List.of(1, 4))
                    : 0;
            var credit = itemized && oneIn(8) ? Math.max(0, net - discount) / any(List.of(1, 3)) : 0;
            var due = Math.max(0, net - discount - credit);
            var collects = lines.stream().anyMatch(line -> !line.sku().equals(UNKNOWN_SKU));
            var result = oneIn(8) ? any(List.of(Result.FAILED, Result.OPEN, Result.VOID)) : Result.PAID;
            result = result == Result.FAILED && !collects ? Result.OPEN : result;
            var paid = result == Result.PAID ? due - (oneIn(25) ? Math.min(due, 50) : 0) : 0;
            var recovered = collects && result == Result.PAID && oneIn(8);
            var paidOn = recovered ? at + 2 : at;
            var refunds = new ArrayList<Refund>();
            var disputes = new ArrayList<Dispute>();
            if (paid > 0 && itemized && shape == Shape.ONE_KEY && oneIn(lines.size() > 1 ? 1 : 4)) {
                refunds.addAll(refundsOfLines(paidOn, paid, lines));
                if (oneIn(4)) {
                    disputes.add(disputed(paidOn, paid));
                }
            } else if (paid > 0 && oneIn(switches ? 2 : 5)) {
                var part = paid * any(List.of(20, 40, 50, 60, 100)) / 100;
                refunds.add(new Refund(paidOn + random.nextInt(40), Math.max(1, part), ""));
                if (part < paid / 2 && oneIn(2)) {
                    refunds.add(new Refund(paidOn + random.nextInt(40), Math.max(1, part), ""));
                }
            } else if (paid > 0 && oneIn(6)) {
                disputes.add(disputed(paidOn, paid));
            }
            invoices.add(new Invoice(
                    "in_" + ids++ + suffix,
                    paidOn,
                    recovered ? OptionalInt.of(at) : OptionalInt.empty(),
                    result,
                    currency,
                    switches,
                    itemized,
                    List.copyOf(lines),
                    discount,
                    credit,
                    due,
                    paid,
                    List.copyOf(refunds),
                    List.copyOf(disputes)));
        }

        private Dispute disputed(int paidOn, long paid) {
            var on = paidOn + random.nextInt(30);
            return new Dispute(
                    on,
                    on + 1 + random.nextInt(20),
                    Math.max(1, paid * any(List.of(30, 60, 100, 100)) / 100),
                    any(List.of(Outcome.values())));
        }

        /** Of some lines, all that they cost or a part; perhaps of a line that the invoice does not have; perhaps the rest of all. */
        private List<Refund> refundsOfLines(int paidOn, long paid, List<Line> lines) {
            var refunds = new ArrayList<Refund>();
            var left = paid;
            for (var line : lines) {
                if (line.sells() && oneIn(2)) {
                    var cost = line.amount() - line.discount() + (oneIn(2) ? line.tax() : 0);
                    var amount = Math.min(left, oneIn(3) ? cost / 2 : cost);
                    left -= addRefund(refunds, paidOn, amount, oneIn(8) ? "price_other" : line.sku());
                }
            }
            if (oneIn(3)) {
                addRefund(refunds, paidOn, oneIn(2) ? left : left / 2, "");
            }
            return refunds;
        }

        private long addRefund(List<Refund> refunds, int paidOn, long amount, String sku) {
            if (amount > 0) {
                refunds.add(new Refund(paidOn + random.nextInt(40), amount, sku));
            }
            return amount;
        }

        private void end() {
            var at = Math.max(statuses.lastKey() + 1, day - random.nextInt(20));
            switch (random.nextInt(12)) {
                case 0, 1 -> report(at, State.CANCELED);
                case 2 -> report(at, State.ACTIVE, OptionalInt.empty(), true);
                case 3 -> report(at, State.ACTIVE, OptionalInt.of(at + 5), true);
                case 4 -> {
                    report(at, State.ACTIVE, OptionalInt.of(at + 5), true);
                    report(at + 5, State.CANCELED, OptionalInt.of(at + 5), oneIn(2));
                }
                case 5 -> report(at, State.PAUSED);
                case 6 -> report(at, State.UNPAID);
                case 7 -> report(at, State.PAST_DUE);
                case 8 -> report(at, State.EXPIRED);
                default -> {
                    // it renews, or nobody knows
                }
            }
        }
    }
}

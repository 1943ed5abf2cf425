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
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Builds a story: a few products, and subscribers with trials, renewals, coupons, credit, switches, refunds and disputes. */
public final class RandomStory {
    private static final String UNKNOWN_SKU = "price_gone";

    private final RandomGenerator random;
    private final String suffix;
    private final List<Product> products = new ArrayList<>();
    private int ids;

    private RandomStory(RandomGenerator random, String suffix) {
        this.random = random;
        this.suffix = suffix;
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
            purchases.add(builder.new Life(builder.any(builder.products), "u_" + random.nextInt(2) + suffix).live(i));
        }
        return new Story(List.copyOf(builder.products), List.copyOf(purchases));
    }

    private Product product(int number) {
        var usd = 100L * (3 + random.nextInt(40)) - random.nextInt(2);
        return new Product(
                "product-" + number + suffix,
                "price_" + number + suffix,
                any(List.of("premium", "premium", "ads", "archive")),
                any(List.of(7, 30, 30, 90, 365)),
                any(List.of(0, 3, 7, 14)),
                random.nextInt(3) == 0 ? Map.of("USD", usd) : Map.of("USD", usd, "JPY", usd * 3 / 2),
                any(List.of(100, 100, 0, 25, 50)),
                random.nextInt(3) == 0 ? OptionalInt.of(any(List.of(3, 7, 14))) : OptionalInt.empty(),
                any(List.of(50, 50, 0, 80, 100)),
                random.nextInt(3) == 0);
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
        /** A status, and a payment that failed, count for one product's entitlement: with them, a subscription sells no other. */
        private final boolean hasStatus = oneIn(2);

        private final String currency;
        private final List<Status> statuses = new ArrayList<>();
        private final List<Invoice> invoices = new ArrayList<>();
        private final Product first;
        private Product product;
        /** A trial is judged by the product that the subscription is for now: then it sells no other. */
        private boolean isTried;

        private int day;

        Life(Product first, String subject) {
            this.first = first;
            this.product = first;
            this.subject = subject;
            this.currency = oneIn(5) ? "JPY" : "USD";
            this.day = random.nextInt(10);
        }

        Purchase live(int number) {
            var trialEnd = hasStatus && oneIn(3) ? trial() : OptionalInt.empty();
            if (trialEnd.isEmpty()) {
                statuses.add(
                        new Status(day, State.ACTIVE, product.sku(), OptionalInt.empty(), OptionalInt.empty(), false));
            }
            var periods = random.nextInt(4);
            for (var period = 0; period < periods; period++) {
                period();
            }
            if (hasStatus) {
                end(trialEnd);
            }
            var payerWrites = oneIn(3) ? Set.of("product", "trial") : Set.<String>of();
            // a payer writes anything; a merchant names the product that the subscription was sold as
            var word = payerWrites.isEmpty() ? first.name() : any(products).name();
            return new Purchase(
                    "sub_" + number + suffix,
                    subject,
                    shape,
                    oneIn(3) ? word : "",
                    payerWrites,
                    List.copyOf(statuses),
                    List.copyOf(invoices));
        }

        private Product anyOther() {
            return any(products.stream()
                    .filter(each -> !isTried || each.equals(first))
                    .filter(each -> !hasStatus || each.entitlement().equals(first.entitlement()))
                    .toList());
        }

        private OptionalInt trial() {
            var length = product.trial().orElse(14) + any(List.of(0, 0, 1, 10));
            var end = OptionalInt.of(day + length);
            isTried = true;
            statuses.add(new Status(day, State.TRIALING, product.sku(), end, OptionalInt.empty(), false));
            day += length;
            return end;
        }

        private void period() {
            var change = itemized && !isTried ? random.nextInt(8) : 7;
            var from = day;
            var until = from + product.days();
            renewal(from, until);
            day = until;
            switch (change) {
                case 0 -> switched(from + product.days() / 2, until);
                case 1 -> moreOfIt(from + product.days() / 2, until);
                case 2 -> dropped(from);
                default -> {
                    // it only renews
                }
            }
        }

        private void renewal(int from, int until) {
            var lines = new ArrayList<Line>();
            lines.add(fullLine(product, from, until));
            if (itemized && oneIn(6)) {
                var other = anyOther();
                lines.add(fullLine(other, from, from + other.days()));
            }
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

        /** To another product within the period; a gateway credits the unused time, or only reports that it is a switch. */
        private void switched(int at, int until) {
            var next = anyOther();
            if (next.equals(product)) {
                return;
            }
            var unused = product.prices().getOrDefault(currency, 700L) / 2;
            var price = next.prices().getOrDefault(currency, 700L);
            var lines = new ArrayList<Line>();
            if (shape == Shape.LINKED || oneIn(2)) {
                lines.add(new Line(product.sku(), 1, -unused, 0, false, 0, true, at, until));
            }
            if (next.days() == product.days()) {
                lines.add(new Line(next.sku(), 1, price / 2, 0, false, 0, true, at, until));
            } else {
                lines.add(new Line(next.sku(), 1, price, 0, false, 0, false, at, at + next.days()));
                day = at + next.days();
            }
            product = next;
            invoice(at, true, lines);
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

        /** Another product is added on the second day, and removed within its period: an invoice of a credit and nothing else. */
        private void dropped(int from) {
            var other = anyOther();
            var price = other.prices().getOrDefault(currency, 700L);
            if (other.equals(product) || other.days() < 7) {
                return;
            }
            var end = from + 1 + other.days();
            invoice(from + 1, true, List.of(new Line(other.sku(), 1, price, 0, false, 0, false, from + 1, end)));
            var unused = new Line(other.sku(), 1, -(price / 2), 0, false, 0, true, from + 4, end);
            invoice(from + 4, true, List.of(unused));
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
            var collects =
                    hasStatus && lines.stream().noneMatch(line -> line.sku().equals(UNKNOWN_SKU));
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
            } else if (paid > 0 && oneIn(5)) {
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

        private void end(OptionalInt trialEnd) {
            var last = statuses.get(statuses.size() - 1).day();
            var at = Math.max(last + 1, day - random.nextInt(20));
            switch (random.nextInt(7)) {
                case 0 -> statuses.add(status(at, State.CANCELED, trialEnd, OptionalInt.empty(), false));
                case 1 -> statuses.add(status(at, State.ACTIVE, trialEnd, OptionalInt.empty(), true));
                case 2 -> statuses.add(status(at, State.ACTIVE, trialEnd, OptionalInt.of(at + 5), true));
                case 3 -> statuses.add(status(at, State.PAUSED, trialEnd, OptionalInt.empty(), false));
                case 4 -> statuses.add(status(at, State.UNPAID, trialEnd, OptionalInt.empty(), false));
                default -> {
                    // it renews, or nobody knows
                }
            }
        }

        private Status status(int at, State state, OptionalInt trialEnd, OptionalInt cancelAt, boolean scheduled) {
            return new Status(at, state, product.sku(), trialEnd, cancelAt, scheduled);
        }
    }
}

package ipn.projector.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A merchant's products, and what subscribers bought and paid. Times are days from the first.
 *
 * @param purchases one subscription each
 */
public record Story(List<Product> products, List<Purchase> purchases) {

    /**
     * @param sku the gateway's price id
     * @param days of one period
     * @param prices minor units by currency
     * @param discount the highest that is sold, percent
     * @param trial days of the longest trial that is sold; empty: the merchant sets trials at the gateway
     * @param keepsAbove percent of a payment that must remain after refunds and lost disputes
     * @param endsAtOnce a canceled subscription ends with its cancellation, not with what is paid for
     */
    public record Product(
            String name,
            String sku,
            String entitlement,
            int days,
            int grace,
            Map<String, Long> prices,
            int discount,
            OptionalInt trial,
            int keepsAbove,
            boolean endsAtOnce) {}

    /**
     * A subscription.
     *
     * @param shape how the gateway reports it
     * @param word names a product beside the gateway's price ids; empty: none
     * @param payerWrites words that the payer can write: product, trial
     * @param statuses of the subscription, in the order of their days
     */
    public record Purchase(
            String id,
            String subject,
            Shape shape,
            String word,
            Set<String> payerWrites,
            List<Status> statuses,
            List<Invoice> invoices) {
        boolean payerWrites(String statement) {
            return payerWrites.contains(statement);
        }
    }

    /** Which payment keys a gateway uses. */
    public enum Shape {
        /** One for the subscription, one for each invoice, one for each charge, which links to its invoice. */
        LINKED,
        /** One for everything: charges and reversals have the id of their invoice. */
        ONE_KEY
    }

    /**
     * The subscription's status from a day on.
     *
     * @param skus what it names as bought
     * @param areItems true: these are all that it is for now; false: the gateway does not report that
     * @param trialEnd day; empty: no trial
     * @param cancelAt day; empty: not known
     * @param cancelScheduled true: it will not renew
     */
    public record Status(
            int day,
            State state,
            List<String> skus,
            boolean areItems,
            OptionalInt trialEnd,
            OptionalInt cancelAt,
            boolean cancelScheduled) {}

    public enum State {
        TRIALING,
        ACTIVE,
        PAST_DUE,
        PAUSED,
        UNPAID,
        CANCELED,
        EXPIRED
    }

    /**
     * @param day on which it reached its result
     * @param failedDay day of an attempt that failed before; empty: none
     * @param switches true: the gateway reports that it is for a change of plan
     * @param itemized false: the gateway reports only the amount paid
     * @param discount on the invoice as a whole, on no line
     * @param credit paid from the payer's balance
     * @param due after discounts, credit lines, tax and credit
     */
    public record Invoice(
            String id,
            int day,
            OptionalInt failedDay,
            Result result,
            String currency,
            boolean switches,
            boolean itemized,
            List<Line> lines,
            long discount,
            long credit,
            long due,
            long paid,
            List<Refund> refunds,
            List<Dispute> disputes) {

        boolean isPaid() {
            return result == Result.PAID;
        }

        /** Minor units refunded. */
        public long refunded() {
            return refunds.stream().mapToLong(Refund::amount).sum();
        }

        /** Minor units under disputes of this outcome. */
        public long disputed(Outcome outcome) {
            return disputes.stream()
                    .filter(dispute -> dispute.outcome() == outcome)
                    .mapToLong(Dispute::amount)
                    .sum();
        }
    }

    public enum Result {
        PAID,
        FAILED,
        OPEN,
        VOID
    }

    /**
     * @param amount of the whole quantity before discounts; below zero: a credit for unused time
     * @param offer true: the amount is already lower, by an amount that the gateway does not report
     * @param tax on the line
     * @param proration the amount is for a part of a period
     */
    public record Line(
            String sku,
            long quantity,
            long amount,
            long discount,
            boolean offer,
            long tax,
            boolean proration,
            int from,
            int until) {
        boolean sells() {
            return amount > 0;
        }
    }

    /** @param sku of the line that it is of, as far as the gateway reports it; empty: of the invoice as a whole */
    public record Refund(int day, long amount, String sku) {
        boolean isOf(List<Line> lines) {
            return lines.stream().anyMatch(line -> line.sku().equals(sku));
        }
    }

    /**
     * @param decided day of the outcome; not before the dispute was opened
     * @param outcome OPEN: not decided
     */
    public record Dispute(int day, int decided, long amount, Outcome outcome) {}

    public enum Outcome {
        OPEN,
        WON,
        LOST
    }

    /** What of it has happened by the end of a day. */
    public Story until(int day) {
        return new Story(products, map(purchases, purchase -> until(purchase, day)));
    }

    private static Purchase until(Purchase purchase, int day) {
        var statuses =
                purchase.statuses.stream().filter(status -> status.day <= day).toList();
        var invoices = purchase.invoices.stream()
                .flatMap(invoice -> until(invoice, day))
                .toList();
        return with(purchase, statuses, invoices);
    }

    private static Stream<Invoice> until(Invoice invoice, int day) {
        if (invoice.day <= day) {
            return Stream.of(with(
                    invoice,
                    invoice.lines,
                    invoice.refunds.stream().filter(refund -> refund.day <= day).toList(),
                    invoice.disputes.stream()
                            .filter(dispute -> dispute.day <= day)
                            .map(dispute -> dispute.decided <= day
                                    ? dispute
                                    : new Dispute(dispute.day, dispute.day, dispute.amount, Outcome.OPEN))
                            .toList()));
        }
        return invoice.failedDay.isPresent() && invoice.failedDay.getAsInt() <= day
                ? Stream.of(failed(invoice))
                : Stream.empty();
    }

    /** The invoice after its first attempt. */
    public static Invoice failed(Invoice invoice) {
        return new Invoice(
                invoice.id,
                invoice.failedDay.orElseThrow(),
                OptionalInt.empty(),
                Result.FAILED,
                invoice.currency,
                invoice.switches,
                invoice.itemized,
                invoice.lines,
                invoice.discount,
                invoice.credit,
                invoice.due,
                0,
                List.of(),
                List.of());
    }

    /** The days on which something happens. */
    public TreeSet<Integer> days() {
        var days = new TreeSet<Integer>();
        for (var purchase : purchases) {
            purchase.statuses.forEach(status -> days.add(status.day));
            for (var invoice : purchase.invoices) {
                days.add(invoice.day);
                invoice.failedDay.ifPresent(days::add);
                invoice.refunds.forEach(refund -> days.add(refund.day));
                invoice.disputes.forEach(dispute -> days.addAll(List.of(dispute.day, dispute.decided)));
            }
        }
        return days;
    }

    /** All stories that lack one thing of this one: to find the smallest that still shows an error. */
    public Stream<Story> smaller() {
        return without(purchases, Story::smaller).map(fewer -> new Story(products, fewer));
    }

    private static Stream<Purchase> smaller(Purchase purchase) {
        var words = purchase.word.isEmpty() && purchase.payerWrites.isEmpty()
                ? Stream.<Purchase>empty()
                : Stream.of(new Purchase(
                        purchase.id,
                        purchase.subject,
                        purchase.shape,
                        "",
                        Set.of(),
                        purchase.statuses,
                        purchase.invoices));
        return Stream.of(
                        words,
                        without(purchase.statuses, Story::smaller)
                                .map(fewer -> with(purchase, fewer, purchase.invoices)),
                        without(purchase.invoices, Story::smaller)
                                .map(fewer -> with(purchase, purchase.statuses, fewer)))
                .flatMap(Function.identity());
    }

    private static Stream<Status> smaller(Status status) {
        return without(status.skus, none -> Stream.empty())
                .filter(fewer -> !fewer.isEmpty())
                .map(fewer -> new Status(
                        status.day,
                        status.state,
                        fewer,
                        status.areItems,
                        status.trialEnd,
                        status.cancelAt,
                        status.cancelScheduled));
    }

    private static Stream<Invoice> smaller(Invoice invoice) {
        return Stream.of(
                        without(invoice.refunds, none -> Stream.empty())
                                .map(fewer -> with(invoice, invoice.lines, fewer, invoice.disputes)),
                        without(invoice.disputes, none -> Stream.empty())
                                .map(fewer -> with(invoice, invoice.lines, invoice.refunds, fewer)),
                        without(invoice.lines, none -> Stream.empty())
                                .filter(fewer -> fewer.stream().anyMatch(Line::sells))
                                .map(fewer -> with(invoice, fewer, invoice.refunds, invoice.disputes)))
                .flatMap(Function.identity());
    }

    /** Lists that lack one element, then lists with one element that is smaller. */
    private static <T> Stream<List<T>> without(List<T> all, Function<T, Stream<T>> smaller) {
        var lists = new ArrayList<List<T>>();
        for (var i = 0; i < all.size(); i++) {
            var fewer = new ArrayList<>(all);
            fewer.remove(i);
            lists.add(List.copyOf(fewer));
        }
        for (var i = 0; i < all.size(); i++) {
            var at = i;
            smaller.apply(all.get(i)).forEach(one -> {
                var changed = new ArrayList<>(all);
                changed.set(at, one);
                lists.add(List.copyOf(changed));
            });
        }
        return lists.stream();
    }

    private static Purchase with(Purchase purchase, List<Status> statuses, List<Invoice> invoices) {
        return new Purchase(
                purchase.id, purchase.subject, purchase.shape, purchase.word, purchase.payerWrites, statuses, invoices);
    }

    private static Invoice with(Invoice invoice, List<Line> lines, List<Refund> refunds, List<Dispute> disputes) {
        return new Invoice(
                invoice.id,
                invoice.day,
                invoice.failedDay,
                invoice.result,
                invoice.currency,
                invoice.switches,
                invoice.itemized,
                lines,
                invoice.discount,
                invoice.credit,
                invoice.due,
                invoice.paid,
                refunds,
                disputes);
    }

    private static <T> List<T> map(Collection<T> all, Function<T, T> change) {
        return all.stream().map(change).toList();
    }

    /** One line for each thing. */
    @Override
    public String toString() {
        var used = purchases.stream()
                .flatMap(purchase -> Stream.concat(
                        purchase.statuses.stream().flatMap(status -> status.skus.stream()),
                        purchase.invoices.stream()
                                .flatMap(invoice -> invoice.lines.stream().map(Line::sku))))
                .collect(Collectors.toSet());
        return Stream.concat(
                        products.stream()
                                .filter(product -> used.contains(product.sku))
                                .map(Object::toString),
                        purchases.stream()
                                .flatMap(purchase -> Stream.of(
                                                Stream.of("Purchase %s of %s, %s, word '%s', payer writes %s"
                                                        .formatted(
                                                                purchase.id,
                                                                purchase.subject,
                                                                purchase.shape,
                                                                purchase.word,
                                                                purchase.payerWrites)),
                                                purchase.statuses.stream().map(each -> "  " + each),
                                                purchase.invoices.stream().map(each -> "  " + each))
                                        .flatMap(Function.identity())))
                .collect(Collectors.joining("\n"));
    }
}

package ipn.projector.order;

import ipn.avro.Allocation;
import ipn.avro.Invoice;
import ipn.avro.Payer;
import ipn.projector.allocation.MostMoney;
import ipn.projector.allocation.MostMoney.Kept;
import ipn.topics.EncodedSize;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The payment keys that pay an order. */
final class Payers {
    /** Ten years of weeks. */
    static final int MAX = 512;

    /** A claim or a discrepancy without the ids of its payment, with a longest order, subject and reference. */
    private static final int FOLLOWING_BYTES = 1_600;

    /** The references that claims and discrepancies contain. */
    private static final List<String> WORDS = List.of("order", "subject", "product", "reference");

    private Payers() {}

    /**
     * The newest state of each. Beyond {@value #MAX}, or more bytes than fit into the state of an order, those with the least money
     * are left out: anybody can pay one cent for an order that is not theirs. Among equal amounts the first stays, which the order is
     * about, and those that began last.
     */
    static Kept<Payer> after(Map<String, Payer> before, Allocation message) {
        var payers = new HashMap<>(before);
        var payment = message.getPayment();
        if (payment == null) {
            payers.remove(message.getFrom());
        } else {
            payers.put(message.getFrom(), new Payer(payment, message.getPaidBy(), message.getCause()));
        }
        return payers.size() <= 1 || payment == null ? Kept.all(payers) : bounded(payers);
    }

    private static Kept<Payer> bounded(Map<String, Payer> payers) {
        var ranked = payers.entrySet().stream().map(Ranked::new).toList();
        var first =
                ranked.stream().min(Ranked.OLDEST_FIRST).orElseThrow().entry().getKey();
        var order = Ranked.MOST_MONEY_FIRST
                .thenComparing(each -> each.entry().getKey().equals(first) ? 0 : 1)
                .thenComparing(Ranked.OLDEST_FIRST.reversed());
        var best = ranked.stream().sorted(order).map(Ranked::entry).toList();
        var size = new EncodedSize(Payer.getClassSchema());
        return MostMoney.keep(best, MAX, payer -> bytes(payer, size));
    }

    /**
     * What a payer takes of the half of a stored value that is for payments. Where more follows from it than it has itself, such as a
     * claim and a discrepancy of each of many invoices, it takes half of both together, so that the other half is enough.
     */
    private static int bytes(Payer payer, EncodedSize size) {
        var own = size.of(payer);
        return Math.max(own, (own + following(payer)) / 2);
    }

    private static int following(Payer payer) {
        var own = payer.getOwn();
        var texts = WORDS.stream()
                .mapToInt(word -> own.getReferences().getOrDefault(word, "").length())
                .sum();
        var each = FOLLOWING_BYTES
                + texts
                + 2 * own.getPaymentKey().length()
                + payer.getCause().getEventKey().length();
        var ids = own.getInvoices().stream().mapToInt(Payers::ids).sum();
        return 2 * (each * Math.max(1, own.getInvoices().size()) + ids);
    }

    private static int ids(Invoice invoice) {
        var subscription = invoice.getSubscription();
        return 2 * invoice.getId().length() + (subscription == null ? 0 : subscription.length());
    }

    /** What the rank of a payer depends on; determined once, because each is compared with many. */
    private record Ranked(Map.Entry<String, Payer> entry, long money, Instant began) {
        static final Comparator<Ranked> OLDEST_FIRST =
                Comparator.comparing(Ranked::began).thenComparing(each -> each.entry.getKey());
        static final Comparator<Ranked> MOST_MONEY_FIRST =
                Comparator.comparingLong(Ranked::money).reversed();

        Ranked(Map.Entry<String, Payer> entry) {
            this(entry, Payers.money(entry.getValue()), Payers.began(entry.getValue()));
        }
    }

    private static long money(Payer payer) {
        return Math.max(MostMoney.captured(payer.getOwn()), MostMoney.captured(payer.getPaidBy().stream()));
    }

    /** When its money was captured or its first invoice began, by the gateway's clock. */
    private static Instant began(Payer payer) {
        var own = payer.getOwn();
        var invoices = own.getInvoices().stream().map(Payers::start);
        return Stream.concat(Stream.ofNullable(own.getCapturedAt()), invoices)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static Instant start(Invoice invoice) {
        return invoice.getFrom() == null ? invoice.getAt() : invoice.getFrom();
    }
}

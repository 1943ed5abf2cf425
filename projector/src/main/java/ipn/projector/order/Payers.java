package ipn.projector.order;

import ipn.avro.Allocation;
import ipn.avro.Invoice;
import ipn.avro.Payer;
import ipn.projector.allocation.MostMoney;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The payment keys that pay an order. */
final class Payers {
    /** Ten years of weeks. */
    static final int MAX = 512;

    private static final Comparator<Map.Entry<String, Payer>> OLDEST_FIRST = Comparator.comparing(
                    (Map.Entry<String, Payer> entry) -> began(entry.getValue()))
            .thenComparing(Map.Entry::getKey);

    private static final Comparator<Map.Entry<String, Payer>> MOST_MONEY_FIRST = Comparator.comparing(
                    (Map.Entry<String, Payer> entry) -> money(entry.getValue()))
            .reversed();

    private Payers() {}

    /**
     * The newest state of each. Beyond {@value #MAX}, or more bytes than fit into the state of an order, those with the least money
     * are left out: anybody can pay one cent for an order that is not theirs. Among equal amounts the first stays, which the order is
     * about, and those that began last.
     */
    static Map<String, Payer> after(Map<String, Payer> before, Allocation message) {
        var payers = new HashMap<>(before);
        var payment = message.getPayment();
        if (payment == null) {
            payers.remove(message.getFrom());
        } else {
            payers.put(message.getFrom(), new Payer(payment, message.getPaidBy(), message.getCause()));
        }
        return payers.size() <= 1 ? payers : bounded(payers);
    }

    private static Map<String, Payer> bounded(Map<String, Payer> payers) {
        var sorted = payers.entrySet().stream().sorted(OLDEST_FIRST).toList();
        var first = sorted.get(0);
        var newestFirst = new ArrayList<>(sorted);
        Collections.reverse(newestFirst);
        newestFirst.sort(MOST_MONEY_FIRST.thenComparing(entry -> entry == first ? 0 : 1)); // stable
        return MostMoney.keep(newestFirst, MAX, Payer::toByteBuffer);
    }

    private static long money(Payer payer) {
        return MostMoney.captured(Stream.concat(Stream.of(payer.getOwn()), payer.getPaidBy().stream()));
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

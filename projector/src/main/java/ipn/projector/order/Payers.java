package ipn.projector.order;

import ipn.avro.Allocation;
import ipn.avro.Invoice;
import ipn.avro.Payer;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The payment keys that pay an order. */
final class Payers {
    /** Ten years of weeks. */
    static final int MAX = 512;

    private static final Comparator<Map.Entry<String, Payer>> OLDEST_FIRST = Comparator.comparing(
                    (Map.Entry<String, Payer> entry) -> began(entry.getValue()))
            .thenComparing(Map.Entry::getKey);

    private Payers() {}

    /** The newest state of each; beyond {@value #MAX} the first, which the order is about, and those that began last. */
    static Map<String, Payer> after(Map<String, Payer> before, Allocation message) {
        var payers = new HashMap<>(before);
        var payment = message.getPayment();
        if (payment == null) {
            payers.remove(message.getFrom());
        } else {
            payers.put(message.getFrom(), new Payer(payment, message.getPaidBy(), message.getCause()));
        }
        if (payers.size() <= MAX) {
            return payers;
        }
        var sorted = payers.entrySet().stream().sorted(OLDEST_FIRST).toList();
        return Stream.concat(sorted.stream().limit(1), sorted.stream().skip(sorted.size() - MAX + 1L))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
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

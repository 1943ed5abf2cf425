package ipn.operations.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Invoice;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.topics.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What payment keys took. */
public final class PaymentAmounts {
    private PaymentAmounts() {}

    /** The money of each key, by currency. Reads the whole topic of payments, unless an index finds them. */
    static Map<String, List<Money>> read(RecordSource source, Set<String> paymentKeys, Progress progress) {
        var found = new HashMap<String, List<Money>>();
        if (paymentKeys.isEmpty()) {
            return found;
        }
        var lookup = source.all(TopicCatalogue.PAYMENTS).any(Lookup.KEY, paymentKeys);
        try (var reader = source.open();
                var values = source.serdes().deserializer(PaymentState.class)) {
            reader.find(lookup, progress, record -> {
                var key = record.key() == null ? "" : new String(record.key(), UTF_8);
                if (paymentKeys.contains(key)) {
                    AvroValues.read(record, values).ifPresent(state -> found.put(key, of(state)));
                }
            });
        }
        return found;
    }

    /** What was captured; of an invoice or a subscription, what its paid invoices took. */
    public static List<Money> of(PaymentState state) {
        var sums = new TreeMap<String, Long>();
        state.getTotals().stream()
                .filter(totals -> totals.getCaptured() > 0)
                .forEach(totals -> sums.merge(totals.getCurrency(), totals.getCaptured(), Math::addExact));
        if (sums.isEmpty()) {
            state.getInvoices().stream()
                    .filter(PaymentAmounts::tookMoney)
                    .forEach(invoice -> sums.merge(invoice.getCurrency(), invoice.getPaid(), Math::addExact));
        }
        return sums.entrySet().stream()
                .map(sum -> new Money(sum.getValue(), sum.getKey()))
                .toList();
    }

    private static boolean tookMoney(Invoice invoice) {
        return invoice.getStatus() == InvoiceStatus.PAID && invoice.getPaid() > 0;
    }
}

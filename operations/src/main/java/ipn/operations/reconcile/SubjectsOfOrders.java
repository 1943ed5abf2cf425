package ipn.operations.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Order;
import ipn.operations.reconcile.InjectionPlan.PlannedRecord;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the users of orders that a report names without their user. Reads {@code ipn.orders} once, and only if there is such an order. */
record SubjectsOfOrders(KafkaSettings kafka, AvroSerdes serdes) {
    List<PlannedRecord> addTo(List<PlannedRecord> records, Progress progress) {
        var wanted = records.stream()
                .filter(each -> each.subject() == null)
                .map(PlannedRecord::order)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (wanted.isEmpty()) {
            return records;
        }
        var subjects = read(wanted, progress);
        return records.stream()
                .map(each -> each.subject() != null || each.order() == null
                        ? each
                        : each.withSubject(subjects.get(each.order())))
                .toList();
    }

    private Map<String, String> read(Set<String> wanted, Progress progress) {
        var subjects = new HashMap<String, String>();
        try (var reader = TopicReader.open(kafka);
                var values = serdes.deserializer(Order.class)) {
            reader.read(reader.all(kafka.topics().name(TopicCatalogue.ORDERS)), "reading orders", progress, record -> {
                var id = record.key() == null ? "" : new String(record.key(), UTF_8);
                if (wanted.contains(id)) {
                    subjects.remove(id); // a deleted order, and one that cannot be read, name nobody
                    AvroValues.read(record, values).ifPresent(order -> subjects.put(id, order.getSubject()));
                }
            });
        }
        return subjects;
    }
}

package ipn.query.reader;

import ipn.avro.DeadLetterStatus;
import ipn.avro.Decision;
import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementEvent;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.query.IndexedTopics;
import ipn.query.model.Change;
import ipn.query.model.DeadLetterRow;
import ipn.query.model.Place;
import ipn.query.model.Rows;
import ipn.query.model.Table;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Every topic that the read model is built from.
 *
 * @param all in the order of the flow
 */
record Inputs(List<Input> all) {
    Inputs {
        all = List.copyOf(all);
    }

    // spotless:off
    static Inputs of(KafkaSettings kafka, IndexedTopics indexed) {
        return new Inputs(List.of(
            avro(kafka, TopicCatalogue.OUTCOMES,          Outcome.class,             Rows::outcome,           Optional.empty()),
            avro(kafka, TopicCatalogue.PAYMENTS,          PaymentState.class,        Rows::payment,           Optional.of(Table.PAYMENTS)),
            avro(kafka, TopicCatalogue.ORDERS,            Order.class,               Rows::order,             Optional.of(Table.ORDERS)),
            avro(kafka, TopicCatalogue.ENTITLEMENTS,      EntitlementEvent.class,    Rows::entitlementChange, Optional.empty()),
            avro(kafka, TopicCatalogue.ENTITLEMENT_STATE, Entitlement.class,         Rows::entitlement,       Optional.of(Table.ENTITLEMENTS)),
            avro(kafka, TopicCatalogue.DISCREPANCIES,     Discrepancy.class,         Rows::discrepancy,       Optional.empty()),
            avro(kafka, TopicCatalogue.DECISIONS,         Decision.class,            Rows::decision,          Optional.empty()),
            avro(kafka, TopicCatalogue.LEDGER,            LedgerEntry.class,         Rows::ledgerEntry,       Optional.empty()),
            avro(kafka, TopicCatalogue.NOTIFICATIONS,     NotificationCommand.class, Rows::notification,      Optional.empty()),
            keyed(indexed.claims(),           Table.ENTITLEMENT_CLAIMS, Rows::claims),
            keyed(indexed.orderAllocations(), Table.ORDER_ALLOCATIONS,  Rows::orderAllocation),
            new Input(kafka.topics().name(TopicCatalogue.DLQ), false, Inputs::deadLetter),
            avro(kafka, TopicCatalogue.DLQ_STATUS,        DeadLetterStatus.class,    Rows::deadLetterStatus,  Optional.of(Table.DEAD_LETTER_STATUSES))));
    }
    // spotless:on

    /** Full names of the topics without which nothing is read. */
    List<String> required() {
        return all.stream().filter(input -> !input.optional()).map(Input::topic).toList();
    }

    /** Full names of the others. */
    List<String> optional() {
        return all.stream().filter(Input::optional).map(Input::topic).toList();
    }

    Map<String, Input> byTopic() {
        return all.stream().collect(Collectors.toMap(Input::topic, Function.identity()));
    }

    /** @param compacted the table from which a record without a value deletes; empty: such records mean nothing */
    private static <T extends SpecificRecord> Input avro(
            KafkaSettings kafka,
            String name,
            Class<T> type,
            BiFunction<T, Place, List<Change>> rows,
            Optional<Table> compacted) {
        var values = kafka.serdes().deserializer(type);
        return new Input(kafka.topics().name(name), false, record -> {
            var value = values.deserialize(record.topic(), record.value());
            return value == null
                    ? compacted
                            .map(table -> List.of(Change.delete(table, place(record))))
                            .orElse(List.of())
                    : rows.apply(value, place(record));
        });
    }

    /** The changelog of a store, of which only the positions of keys are kept; it exists once the projector has started. */
    private static Input keyed(String topic, Table table, Function<Place, List<Change>> rows) {
        return new Input(
                topic,
                true,
                record -> record.value() == null
                        ? List.of(Change.delete(table, place(record)))
                        : rows.apply(place(record)));
    }

    private static List<Change> deadLetter(ConsumerRecord<byte[], byte[]> record) {
        return DeadLetterRow.of(record, place(record));
    }

    private static Place place(ConsumerRecord<byte[], byte[]> record) {
        return new Place(
                record.key() == null ? "" : text(record.key()),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}

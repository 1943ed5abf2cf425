package ipn.projector;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.avro.BrakeCommand;
import ipn.avro.BrakeStatus;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.FraudFlags;
import ipn.avro.FraudRevisit;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.PartitionBrake;
import ipn.avro.OrderAllocation;
import ipn.avro.PaymentAllocation;
import ipn.avro.Allocation;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.allocation.PaymentAllocator;
import ipn.projector.allocation.PriceMatcher;
import ipn.projector.brake.Brake;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.deadletter.DeadLetter;
import ipn.projector.deadletter.UnprocessableToDeadLetter;
import ipn.projector.notification.NotificationPolicy;
import ipn.projector.notification.NotificationRules;
import ipn.projector.order.OrderAllocator;
import ipn.projector.stream.AllocatePayment;
import ipn.projector.stream.BrakeStatusReporter;
import ipn.projector.stream.BrakeStore;
import ipn.projector.stream.EntitlementNode;
import ipn.projector.stream.EntitlementStore;
import ipn.projector.stream.FraudBlocks;
import ipn.projector.stream.MatchOrder;
import ipn.projector.stream.ProjectorMeters;
import ipn.projector.stream.ReadOrder;
import ipn.projector.stream.ReceiveBrakeCommand;
import ipn.projector.stream.SubjectPartitioner;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;

/**
 * Outcomes and orders in; entitlements, notifications, discrepancies, ledger entries and dead letters
 * out. Read from top to bottom; that is the order of life.
 */
public final class EntitlementTopology {
    private final KafkaSettings kafka;

    private EntitlementTopology(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** @param safeguards against wrong or hostile notifications */
    public static Topology build(
            KafkaSettings kafka,
            ProductCatalogue products,
            Safeguards safeguards,
            NotificationPolicy notifying,
            MeterRegistry meters,
            Clock clock) {
        return new EntitlementTopology(kafka)
                .build(products, safeguards, notifying, new ProjectorMeters(meters), clock);
    }

    private Topology build(
            ProductCatalogue products,
            Safeguards safeguards,
            NotificationPolicy notifying,
            ProjectorMeters meters,
            Clock clock) {
        var topology = new Topology();
        var assessor = new PriceMatcher(products);
        var settling = new PaymentAllocator(assessor, clock);
        var matching = new OrderAllocator(assessor, clock);
        Function<String, Duration> grace =
                name -> products.named(name).map(Product::grace).orElse(Duration.ZERO);
        var update = new EntitlementUpdate(grace, products.version());
        var notifications = new NotificationRules(notifying, grace);

        // 1. What became of each raw record; what made no sense leaves as the record it was, into its partition.
        source(topology, "outcomes", TopicCatalogue.OUTCOMES, Outcome.class);
        topology.addProcessor("bury-unprocessable", UnprocessableToDeadLetter::new, "outcomes");
        //    So does what checkouts wrote that is no order.
        topology.addSource(
                "orders",
                Serdes.ByteArray().deserializer(),
                Serdes.ByteArray().deserializer(),
                name(TopicCatalogue.ORDERS));
        topology.addProcessor(
                "read-order", () -> new ReadOrder(values(Order.class).deserializer()), "orders");
        topology.addSink(
                ReadOrder.TO_DEAD_LETTERS,
                name(TopicCatalogue.DLQ),
                DeadLetter.keys(),
                DeadLetter.values(),
                AS_SOURCE,
                "bury-unprocessable",
                "read-order");

        // 2. A payment is worth something to itself, or to what it settles: an invoice hears of it on its own key. They
        //    speak over a topic of the same partitions, so both kinds of news meet in one store.
        topology.addProcessor("settle-own", () -> new AllocatePayment.Own(settling), "outcomes");
        source(topology, "settlements", TopicCatalogue.ALLOCATIONS, Allocation.class);
        topology.addProcessor("settle-told", () -> new AllocatePayment.Told(settling), "settlements");
        store(topology, AllocatePayment.STORE, values(PaymentAllocation.class), "settle-own", "settle-told");
        sink(
                topology,
                AllocatePayment.TO_SETTLEMENTS,
                TopicCatalogue.ALLOCATIONS,
                Allocation.class,
                "settle-own",
                "settle-told",
                "read-order");

        // 3. A payment that names an order is worth something to that order. Both come the same way and wait for each
        //    other there; what the checkout expected is what the money is measured by.
        topology.addProcessor("match-order", () -> new MatchOrder(matching), "settlements");
        store(topology, MatchOrder.STORE, values(OrderAllocation.class), "match-order");
        store(topology, MatchOrder.DUE_STORE, Serdes.String(), "match-order");

        // 4. Money that does not match what is sold grants nothing, and says so for as long as it is so.
        sink(topology, AllocatePayment.TO_DISCREPANCIES, TopicCatalogue.DISCREPANCIES, Discrepancy.class, SETTLING);

        // 5. The books follow each change of what the money adds up to.
        sink(topology, AllocatePayment.TO_LEDGER, TopicCatalogue.LEDGER, LedgerEntry.class, SETTLING);

        // 6. What matches is a claim; all claims of one subject meet on the subject's key.
        sink(topology, AllocatePayment.TO_CLAIMS, TopicCatalogue.CLAIMS, Claim.class, SETTLING);
        source(topology, "claims", TopicCatalogue.CLAIMS, Claim.class);

        // 7. Access is what the claims add up to now; it is told when it changes, by a claim or by the clock.
        topology.addProcessor(
                "entitle",
                () -> new EntitlementNode(
                        update,
                        safeguards,
                        partition -> new Brake(
                                safeguards.brake(), partition, kafka.topics().partitions()),
                        notifications,
                        meters,
                        clock),
                "claims");
        store(topology, EntitlementStore.STORE, values(EntitlementClaims.class), "entitle");
        store(topology, EntitlementStore.DUE_STORE, Serdes.String(), "entitle");
        store(topology, FraudBlocks.FLAGS, values(FraudFlags.class), "entitle");
        store(topology, FraudBlocks.REVISITS, values(FraudRevisit.class), "entitle");
        sink(topology, EntitlementStore.TO_EVENTS, TopicCatalogue.ENTITLEMENTS, EntitlementEvent.class, "entitle");
        topology.addSink(
                EntitlementStore.TO_STATE,
                name(TopicCatalogue.ENTITLEMENT_STATE),
                Serdes.String().serializer(),
                values(Entitlement.class).serializer(),
                new SubjectPartitioner(),
                "entitle");

        // 8. Once news has settled, users are told what concerns them: money taken and given back, access that ends.
        sink(
                topology,
                EntitlementStore.TO_NOTIFICATIONS,
                TopicCatalogue.NOTIFICATIONS,
                NotificationCommand.class,
                "entitle");

        // 9. Too many revocations at once are withheld in each partition, until somebody decides.
        source(topology, "brake-commands", TopicCatalogue.BRAKE, BrakeCommand.class);
        topology.addProcessor("brake", () -> new ReceiveBrakeCommand(meters), "brake-commands");
        topology.connectProcessorAndStateStores("brake", EntitlementStore.STORE);
        store(topology, BrakeStore.STATE, values(PartitionBrake.class), "entitle", "brake");
        store(topology, BrakeStore.QUEUE, Serdes.String(), "entitle", "brake");
        topology.addSink(
                BrakeStatusReporter.TO_STATUS,
                name(TopicCatalogue.BRAKE_STATUS),
                Serdes.String().serializer(),
                values(BrakeStatus.class).serializer(),
                AS_REPORTED,
                "entitle");
        return topology;
    }

    /** Who say what a payment or an order adds up to. */
    private static final String[] SETTLING = {"settle-own", "settle-told", "match-order"};

    private static final StreamPartitioner<DeadLetter, DeadLetter> AS_SOURCE =
            (topic, key, value, partitions) -> Optional.of(Set.of(key.partition() % partitions));

    private static final StreamPartitioner<String, BrakeStatus> AS_REPORTED =
            (topic, key, value, partitions) -> Optional.of(Set.of(value.getPartition() % partitions));

    private void source(Topology topology, String node, String topic, Class<? extends SpecificRecord> type) {
        topology.addSource(node, Serdes.String().deserializer(), values(type).deserializer(), name(topic));
    }

    private void sink(
            Topology topology, String node, String topic, Class<? extends SpecificRecord> type, String... parents) {
        topology.addSink(
                node, name(topic), Serdes.String().serializer(), values(type).serializer(), parents);
    }

    private static <V> void store(Topology topology, String name, Serde<V> values, String... users) {
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                        .withCachingDisabled(),
                users);
    }

    private <T extends SpecificRecord> Serde<T> values(Class<T> type) {
        return kafka.serdes().values(type);
    }

    private String name(String topic) {
        return kafka.topics().name(topic);
    }
}

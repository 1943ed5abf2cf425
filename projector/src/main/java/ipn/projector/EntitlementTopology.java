package ipn.projector;

import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.NotificationCommand;
import ipn.avro.Outcome;
import ipn.avro.SettledPayment;
import ipn.avro.Settlement;
import ipn.projector.entitlement.EntitlementUpdate;
import ipn.projector.notification.NotificationPolicy;
import ipn.projector.notification.Notifications;
import ipn.projector.settlement.Assessor;
import ipn.projector.settlement.Product;
import ipn.projector.settlement.ProductCatalogue;
import ipn.projector.settlement.Settling;
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

/** Outcomes in; entitlements, notifications, discrepancies and dead letters out. Read from top to bottom; that is the order of life. */
public final class EntitlementTopology {
    private final KafkaSettings kafka;

    private EntitlementTopology(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    public static Topology build(
            KafkaSettings kafka, ProductCatalogue products, NotificationPolicy notifying, Clock clock) {
        return new EntitlementTopology(kafka).build(products, notifying, clock);
    }

    private Topology build(ProductCatalogue products, NotificationPolicy notifying, Clock clock) {
        var topology = new Topology();
        var settling = new Settling(new Assessor(products), clock);
        Function<String, Duration> grace =
                name -> products.named(name).map(Product::grace).orElse(Duration.ZERO);
        var update = new EntitlementUpdate(grace, products.version());
        var notifications = new Notifications(notifying, grace);

        // 1. What became of each raw record; what made no sense leaves as the record it was, into the partition it was
        // in.
        source(topology, "outcomes", TopicCatalogue.OUTCOMES, Outcome.class);
        topology.addProcessor("bury-unprocessable", BuryUnprocessable::new, "outcomes");
        topology.addSink(
                "dead-letters-out",
                name(TopicCatalogue.DLQ),
                DeadLetter.keys(),
                DeadLetter.values(),
                AS_SOURCE,
                "bury-unprocessable");

        // 2. A payment is worth something to itself, or to what it settles: an invoice hears of it on its own key.
        // Payments
        //    speak to each other over a topic of the same partitions, so both kinds of news meet in one store.
        topology.addProcessor("settle-own", () -> new SettlePayment.Own(settling), "outcomes");
        source(topology, "settlements", TopicCatalogue.SETTLEMENTS, Settlement.class);
        topology.addProcessor("settle-told", () -> new SettlePayment.Told(settling), "settlements");
        store(topology, SettlePayment.STORE, values(SettledPayment.class), "settle-own", "settle-told");
        sink(
                topology,
                SettlePayment.TO_SETTLEMENTS,
                TopicCatalogue.SETTLEMENTS,
                Settlement.class,
                "settle-own",
                "settle-told");

        // 3. Money that does not match what is sold grants nothing, and says so for as long as it is so.
        sink(
                topology,
                SettlePayment.TO_DISCREPANCIES,
                TopicCatalogue.DISCREPANCIES,
                Discrepancy.class,
                "settle-own",
                "settle-told");

        // 4. What matches is a claim; all claims of one subject meet on the subject's key.
        sink(topology, SettlePayment.TO_CLAIMS, TopicCatalogue.CLAIMS, Claim.class, "settle-own", "settle-told");
        source(topology, "claims", TopicCatalogue.CLAIMS, Claim.class);

        // 5. Access is what the claims add up to now; it is told when it changes, by a claim or by the clock.
        topology.addProcessor("entitle", () -> new Entitle(update, notifications, clock), "claims");
        store(topology, Entitle.STORE, values(EntitlementClaims.class), "entitle");
        store(topology, Entitle.DUE_STORE, Serdes.String(), "entitle");
        sink(topology, Entitle.TO_EVENTS, TopicCatalogue.ENTITLEMENTS, EntitlementEvent.class, "entitle");
        topology.addSink(
                Entitle.TO_STATE,
                name(TopicCatalogue.ENTITLEMENT_STATE),
                Serdes.String().serializer(),
                values(Entitlement.class).serializer(),
                new BySubject(),
                "entitle");

        // 6. Once news has settled, users are told what concerns them: money taken and given back, access that ends.
        sink(topology, Entitle.TO_NOTIFICATIONS, TopicCatalogue.NOTIFICATIONS, NotificationCommand.class, "entitle");
        return topology;
    }

    private static final StreamPartitioner<DeadLetter, DeadLetter> AS_SOURCE =
            (topic, key, value, partitions) -> Optional.of(Set.of(key.partition() % partitions));

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

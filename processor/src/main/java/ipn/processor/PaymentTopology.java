package ipn.processor;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.drift.DriftDetector;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** Raw records in; one outcome each, and the payment's state, out. Read from top to bottom; that is the order of life. */
public final class PaymentTopology {
    private PaymentTopology() {}

    public static Topology build(KafkaSettings kafka, RawRecordHandler decider, MeterRegistry meters) {
        var meter = new DecisionMeter(meters);
        var drift = new DriftMeter(DriftDetector.load(), meters);
        var topics = kafka.topics();
        var keys = Serdes.String();
        var states = kafka.serdes().values(PaymentState.class);
        var outcomes = kafka.serdes().values(Outcome.class);
        return new Topology()

                // 1. What arrived, exactly as a gateway sent it; all of one payment in one partition, in one order.
                .addSource(
                        "raw", keys.deserializer(), Serdes.ByteArray().deserializer(), topics.name(TopicCatalogue.RAW))

                // 2. Decide, then write. The payment's own state knows every redelivery: no window, no clock.
                .addProcessor("apply", () -> new PaymentNode(decider, meter, drift), "raw")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(PaymentNode.STORE), keys, states)
                                .withCachingDisabled(),
                        "apply")

                // 3. Tell what became of each record, and what is now known of its payment, in one transaction.
                .addSink(
                        PaymentNode.OUTCOMES,
                        topics.name(TopicCatalogue.OUTCOMES),
                        keys.serializer(),
                        outcomes.serializer(),
                        "apply")
                .addSink(
                        PaymentNode.PAYMENTS,
                        topics.name(TopicCatalogue.PAYMENTS),
                        keys.serializer(),
                        states.serializer(),
                        "apply");
    }
}

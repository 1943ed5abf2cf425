package ipn.bench.twin;

import ipn.avro.EntitlementEvent;
import ipn.bench.load.EntitlementArrivals;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.StoredCalls;
import ipn.bench.measure.StagesIdle;
import ipn.bench.measure.TopicRecords;
import ipn.bench.pipeline.Side;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/** The pipeline. */
record Pipeline(SeparateStages stages, KafkaSettings kafka) implements Contender {
    @Override
    public Side side() {
        return Side.CANDIDATE;
    }

    @Override
    public URI url() {
        return stages.url();
    }

    @Override
    public EntitlementArrivals arrivals() throws InterruptedException {
        return EntitlementArrivals.start(kafka);
    }

    @Override
    public StagesIdle idle(StagesIdle.Pace pace) throws InterruptedException, ExecutionException {
        return LoadCommand.stagesIdle(stages.settings(), pace);
    }

    @Override
    public Set<String> delayedTopics() {
        return Set.of(name(TopicCatalogue.NOTIFICATIONS));
    }

    @Override
    public Map<TopicPartition, Long> ends() {
        return TopicRecords.ends(kafka, List.of(name(TopicCatalogue.RAW), name(TopicCatalogue.ENTITLEMENTS)));
    }

    @Override
    public Set<String> storedEventKeys(Map<TopicPartition, Long> begins) {
        return StoredCalls.eventKeys(kafka, name(TopicCatalogue.RAW), Headers.CE_ID, begins);
    }

    @Override
    public List<Emitted> emitted(Map<TopicPartition, Long> begins) {
        var events = new ArrayList<Emitted>();
        try (var values = kafka.serdes().deserializer(EntitlementEvent.class)) {
            TopicRecords.readFrom(
                    kafka,
                    name(TopicCatalogue.ENTITLEMENTS),
                    begins,
                    record -> events.add(Emitted.of(values.deserialize(record.topic(), record.value()))));
        }
        return events;
    }

    private String name(String topic) {
        return kafka.topics().name(topic);
    }

    @Override
    public void stop() {
        stages.stopStages();
    }

    @Override
    public void kill() throws InterruptedException {
        stages.killStages();
    }

    @Override
    public void startAgain() throws IOException {
        stages.startStagesAgain();
    }

    @Override
    public void awaitReady() throws IOException {
        stages.awaitReady();
    }
}

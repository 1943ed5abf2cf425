package ipn.bench.alerts;

import ipn.bench.feed.RawFeed;
import ipn.simulator.RandomTokens;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records that no stage can process. */
final class Poison implements AlertFault {
    private static final int RECORDS = 20;

    @Override
    public Known known() {
        return new Known(
                "poison",
                "another program writes 20 records to `ipn.raw` that are no notifications",
                Set.of("IpnDeadLetters"),
                Set.of(),
                "dead-letters.md");
    }

    @Override
    public void plant(Scene scene) {
        var kafka = scene.stages().settings().kafka();
        var topic = kafka.topics().name(TopicCatalogue.RAW);
        List<ProducerRecord<byte[], byte[]>> records = Stream.generate(RandomTokens::fresh)
                .limit(RECORDS)
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .map(bytes -> new ProducerRecord<>(topic, bytes, bytes))
                .toList();
        try (var feed = RawFeed.open(kafka, topic)) {
            feed.send(records);
            feed.flush();
        }
    }

    @Override
    public void mend(Scene scene) throws IOException, InterruptedException {
        new OpenDeadLetters(scene).discard("written by a program that is stopped now");
    }
}

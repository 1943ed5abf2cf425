package ipn.bench.generator;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the bodies of calls as records of a producer, each when it is due: the time until its acknowledgement is the least that an ingress can reach. */
public final class ProducerSender implements AutoCloseable {
    private static final int OK = 200;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;

    ProducerSender(String bootstrap, String topic) {
        this.topic = topic;
        producer = new KafkaProducer<>(settings(bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
        producer.partitionsFor(topic);
    }

    /** The settings of the producers that the ingress is compared with: those of its own producer. */
    public static Properties settings(String bootstrap) {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("acks", "all");
        settings.put("linger.ms", "2");
        settings.put("batch.size", Integer.toString(64 * 1024));
        return settings;
    }

    /** A record of a body. The key spreads records over the partitions as the keys of the ingress do. */
    public static ProducerRecord<byte[], byte[]> record(String topic, byte[] body) {
        var hash = Arrays.hashCode(body);
        return new ProducerRecord<>(
                topic, ByteBuffer.allocate(Integer.BYTES).putInt(hash).array(), body);
    }

    /** @param bodies sent in turn */
    void sendAtPace(Pace pace, List<byte[]> bodies, Outcomes outcomes) {
        var begin = System.nanoTime();
        for (var call = 0; call < outcomes.count(); call++) {
            var index = call;
            var after = pace.dueNanos(call);
            while (System.nanoTime() < begin + after) {
                LockSupport.parkNanos(begin + after - System.nanoTime());
            }
            var body = bodies.get(call % bodies.size());
            var future = producer.send(
                    record(topic, body),
                    (written, failure) -> outcomes.record(
                            index, failure == null ? OK : Outcomes.NO_RESPONSE, after, System.nanoTime() - begin));
            Objects.requireNonNull(future);
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}

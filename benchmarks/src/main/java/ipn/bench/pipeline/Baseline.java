package ipn.bench.pipeline;

import ipn.bench.load.StageProcess;
import ipn.bench.measure.StagesIdle;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Rounds of {@link PassThrough}: raw records from a producer, until a committed reader has read all of them after the second hop. */
final class Baseline implements AutoCloseable {
    private static final StagesIdle.Pace PACE = new StagesIdle.Pace(Duration.ofMillis(500), Duration.ofSeconds(1));
    private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(10);

    private final KafkaSettings kafka;
    private final StageProcess process;
    private final KafkaProducer<byte[], byte[]> producer;

    private Baseline(KafkaSettings kafka, StageProcess process) {
        this.kafka = kafka;
        this.process = process;
        Properties settings = kafka.client();
        settings.put("acks", "all");
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.partitionsFor(PassThrough.INPUT);
    }

    /** Creates the topics, with as many partitions as those of the pipeline, and starts the topology. */
    static Baseline start(KafkaSettings kafka, Path data, Duration commitInterval)
            throws IOException, InterruptedException, ExecutionException {
        try (var admin = Admin.create(kafka.client())) {
            admin.createTopics(PassThrough.TOPICS.stream()
                            .map(topic -> new NewTopic(topic, kafka.topics().partitions(), (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        var process = StageProcess.start(
                "baseline",
                data,
                Map.of(),
                List.of(),
                PassThrough.class,
                Objects.requireNonNull(kafka.clients().get("bootstrap.servers")),
                data.resolve("baseline").toString(),
                Long.toString(commitInterval.toMillis()));
        process.awaitOutput(PassThrough.READY);
        return new Baseline(kafka, process);
    }

    /** The id of its process. */
    long pid() {
        return process.pid();
    }

    /** @param differences receives what is wrong */
    Round run(List<ProducerRecord<byte[], byte[]>> records, int rate, Meter meter, List<String> differences)
            throws Exception {
        try (var output = OutputReader.start(kafka, records.size())) {
            var round =
                    meter.measure(Side.BASELINE, records.size(), () -> send(records, rate, output, meter, differences));
            if (output.count() != records.size()) {
                differences.add("baseline: %s records read (expected: %s)"
                        .formatted(Integer.toString(output.count()), Integer.toString(records.size())));
            }
            return round;
        }
    }

    private Timing send(
            List<ProducerRecord<byte[], byte[]>> records,
            int rate,
            OutputReader output,
            Meter meter,
            List<String> differences)
            throws InterruptedException, ExecutionException {
        var acknowledgement = new ConcurrentHistogram(MICROS_MAX, 3);
        var acknowledgedAt = new ConcurrentHashMap<String, Long>();
        var failures = new ConcurrentHashMap<String, String>();
        var begin = System.nanoTime();
        for (var i = 0; i < records.size(); i++) {
            var due = rate == 0 ? System.nanoTime() : begin + i * TimeUnit.SECONDS.toNanos(1) / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            var record = records.get(i);
            var future = producer.send(record, (written, failure) -> {
                var key = OutputReader.eventKey(record.headers());
                if (failure == null) {
                    var now = System.nanoTime();
                    acknowledgedAt.put(key, now);
                    acknowledgement.recordValue(Math.min(MICROS_MAX, TimeUnit.NANOSECONDS.toMicros(now - due)));
                } else {
                    failures.put(key, failure.toString());
                }
            });
            Objects.requireNonNull(future);
        }
        producer.flush();
        var sent = System.nanoTime();
        failures.forEach((key, failure) -> differences.add("baseline: %s: %s".formatted(key, failure)));
        if (!output.awaitAll()) {
            differences.add("baseline: no further result for two minutes");
        }
        var end = System.nanoTime();
        var times = meter.times();
        try (var idle = StagesIdle.open(kafka, PassThrough.APPLICATIONS, List.of(PassThrough.OUTPUT), PACE)) {
            if (!idle.await(topics -> {})) {
                differences.add("baseline: not idle, and without progress for two minutes");
            }
        }
        var latencies = new Round.Latencies(acknowledgement, readable(acknowledgedAt, output.readableAt()));
        return new Timing(
                Timing.secondsBetween(begin, sent),
                Timing.secondsBetween(begin, end),
                times,
                new Timing.Delayed(0, times),
                rate > 0 ? Optional.of(latencies) : Optional.empty());
    }

    private static Histogram readable(Map<String, Long> acknowledgedAt, Map<String, Long> readableAt) {
        var micros = new Histogram(MICROS_MAX, 3);
        readableAt.forEach((event, at) -> {
            var acknowledged = acknowledgedAt.get(event);
            if (acknowledged != null) {
                micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(at - acknowledged)));
            }
        });
        return micros;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        process.close();
    }
}

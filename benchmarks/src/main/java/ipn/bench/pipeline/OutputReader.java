package ipn.bench.pipeline;

import ipn.bench.measure.StallDetector;
import ipn.bench.measure.TopicRecords;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads the output of the baseline in a thread, as a committed consumer does. */
final class OutputReader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final int expected;
    private final Map<String, Long> readableAt = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch complete = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "baseline-output");
    private volatile boolean open = true;

    private OutputReader(KafkaConsumer<byte[], byte[]> consumer, int expected) {
        this.consumer = consumer;
        this.expected = expected;
    }

    /** Starts to read at the end of the topic. */
    static OutputReader start(KafkaSettings kafka, int expected) {
        var consumer = TopicRecords.consumer(kafka);
        List<TopicPartition> partitions = consumer.partitionsFor(PassThrough.OUTPUT).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // seeks are lazy: this fixes the position before later records are written
        partitions.forEach(consumer::position);
        var reader = new OutputReader(consumer, expected);
        reader.thread.start();
        return reader;
    }

    private void run() {
        try (consumer) {
            while (open) {
                var records = consumer.poll(Duration.ofMillis(100));
                var now = System.nanoTime();
                for (var record : records) {
                    readableAt.putIfAbsent(eventKey(record.headers()), now);
                }
                if (count.addAndGet(records.count()) >= expected) {
                    complete.countDown();
                }
            }
        }
    }

    static String eventKey(org.apache.kafka.common.header.Headers headers) {
        return new String(headers.lastHeader(Headers.CE_ID).value(), StandardCharsets.UTF_8);
    }

    /** True when all are read; false if none was read for two minutes. */
    boolean awaitAll() throws InterruptedException {
        var stalls = new StallDetector();
        while (!complete.await(1, TimeUnit.SECONDS)) {
            if (stalls.stalled(count.get())) {
                return false;
            }
        }
        return true;
    }

    /** The number of records so far. */
    int count() {
        return count.get();
    }

    /** The time of the first read by event key, by {@link System#nanoTime()}. */
    Map<String, Long> readableAt() {
        return readableAt;
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

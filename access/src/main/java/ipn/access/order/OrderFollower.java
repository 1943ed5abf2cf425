package ipn.access.order;

import ipn.avro.Order;
import ipn.runtime.ClockWatch;
import ipn.runtime.SafeCause;
import ipn.serde.RegistryFailure;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code ipn.orders}: the newest committed records, of all partitions, without a consumer group. Whatever fails, it continues where it
 * was.
 */
final class OrderFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderFollower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /** Takes each record, in the order of its partition. */
    interface Reader {
        /** @param order null: it is withdrawn, or cannot be read */
        void read(ConsumerRecord<byte[], byte[]> record, @Nullable Order order);
    }

    private record Waiter(int partition, long offset, CompletableFuture<Void> passed) {}

    private final KafkaSettings kafka;
    private final OrderSettings settings;
    private final Clock clock;
    private final Reader reader;
    private final Deserializer<Order> orders;
    private final List<Waiter> waiters = new ArrayList<>();
    private final Map<Integer, Long> next = new HashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean loaded;

    OrderFollower(KafkaSettings kafka, OrderSettings settings, Clock clock, Reader reader) {
        this.kafka = kafka;
        this.settings = settings;
        this.clock = clock;
        this.reader = reader;
        orders = kafka.serdes().deserializer(Order.class);
        thread = new Thread(this::run, "ipn-access-orders-reader");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether it has read everything that there was when it started. */
    boolean loaded() {
        return loaded;
    }

    /** Completes when the record at this place, and all before it in its partition, have been read. */
    CompletableFuture<Void> passed(int partition, long offset) {
        var passed = new CompletableFuture<Void>();
        synchronized (waiters) {
            if (next.getOrDefault(partition, 0L) > offset) {
                passed.complete(null);
            } else {
                waiters.add(new Waiter(partition, offset, passed));
            }
        }
        return passed;
    }

    @SuppressWarnings("try") // the watch of the clock runs until it is closed
    private void run() {
        while (stopped.getCount() > 0) {
            try (var opened = new KafkaConsumer<>(
                            properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                    var clockWatch = ClockWatch.start(opened::wakeup)) {
                consumer = opened;
                follow(opened);
            } catch (WakeupException e) {
                // it is closed, or the wall clock was set back
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(SafeCause.forLog(e)).log("Orders could not be read; tries again");
                pause();
            }
        }
    }

    private void pause() {
        try {
            var unused = stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> properties() {
        var all = new HashMap<String, Object>(kafka.clients());
        all.put(ConsumerConfig.CLIENT_ID_CONFIG, "ipn-access-orders");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        all.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        return all;
    }

    private void follow(KafkaConsumer<byte[], byte[]> from) {
        var topic = kafka.topics().name(TopicCatalogue.ORDERS);
        var partitions = from.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException(topic + ": missing (expected: a topic, see ipn topics apply)");
        }
        from.assign(partitions);
        var ends = from.endOffsets(partitions);
        seek(from, ends);
        while (stopped.getCount() > 0) {
            var records = from.poll(POLL);
            for (var partition : records.partitions()) {
                read(from, partition, records.records(partition));
            }
            pass(from);
            loaded = loaded || ends.entrySet().stream().allMatch(end -> next(end.getKey()) >= end.getValue());
        }
    }

    /** To where it was; at first to the newest records, at most of the window, and not many more than are remembered. */
    private void seek(KafkaConsumer<byte[], byte[]> from, Map<TopicPartition, Long> ends) {
        var since = clock.instant().minus(settings.window()).toEpochMilli();
        var first = from.offsetsForTimes(
                ends.keySet().stream().collect(Collectors.toMap(Function.identity(), partition -> since)));
        ends.forEach((partition, end) -> {
            var known = next(partition);
            var begin = first.get(partition);
            var inWindow = begin == null ? end : begin.offset();
            from.seek(partition, known > 0 ? known : Math.max(inWindow, end - settings.remembered()));
        });
    }

    private long next(TopicPartition partition) {
        synchronized (waiters) {
            return next.getOrDefault(partition.partition(), 0L);
        }
    }

    /** While the schema registry is away nothing is known about a record: it is read again. */
    private void read(
            KafkaConsumer<byte[], byte[]> from,
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records) {
        for (var record : records) {
            try {
                reader.read(record, order(record));
            } catch (SerializationException e) {
                from.seek(partition, record.offset());
                pause();
                return;
            }
        }
    }

    private @Nullable Order order(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? null : orders.deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            if (RegistryFailure.isUnavailable(e)) {
                throw e;
            }
            return null;
        }
    }

    private void pass(KafkaConsumer<byte[], byte[]> from) {
        var passed = new ArrayList<Waiter>();
        synchronized (waiters) {
            from.assignment().forEach(each -> next.put(each.partition(), from.position(each)));
            waiters.removeIf(waiter -> waiter.passed().isDone()
                    || next.getOrDefault(waiter.partition(), 0L) > waiter.offset() && passed.add(waiter));
        }
        passed.forEach(waiter -> waiter.passed().complete(null));
    }

    @Override
    public void close() {
        stopped.countDown();
        var current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        orders.close();
    }
}

package ipn.access.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.access.order.KnownOrders.Verdict;
import ipn.avro.Order;
import ipn.runtime.SafeCause;
import ipn.runtime.metrics.Metric;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes orders to {@code ipn.orders}, each id once, without a database: the topic itself says what was written, see decision 041. An order is
 * compared with what is known, written, and then looked for in the topic: the first record of an id counts. If another process has written
 * another content in the meantime, that is written again, so that it is the newest, and this order is refused.
 */
public final class OrderWrites implements Orders, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderWrites.class);
    private static final int WRITING_MAX = 2_000;
    /** Before the deadline of a request, and after the end of the producer's attempts. */
    private static final Duration TIMEOUT = OrderProducer.DELIVERY_MAX.plusMillis(1_500);

    private static final Duration LOG_PAUSE = Duration.ofSeconds(10);

    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - LOG_PAUSE.toNanos());
    private final OrderProducer producer;
    private final OrderFollower follower;
    private final MeterRegistry meters;
    private final KnownOrders known;
    private final Map<Fingerprint, Writing> writing = new HashMap<>();
    private final Map<Fingerprint, Fingerprint> keysInUse = new HashMap<>();

    /** An order that is being written. */
    private static final class Writing {
        private final Fingerprint content;
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        /** The record of the same id with another content that counts since. */
        private @Nullable ConsumerRecord<byte[], byte[]> other;

        Writing(Fingerprint content) {
            this.content = content;
        }
    }

    private OrderWrites(KafkaSettings kafka, OrderSettings settings, MeterRegistry meters, Clock clock) {
        this.meters = meters;
        known = new KnownOrders(settings.remembered());
        producer = new OrderProducer(kafka);
        follower = new OrderFollower(kafka, settings, clock, this::read);
        Metric.ACCESS_ORDERS_REMEMBERED.gauge(meters, this, OrderWrites::remembered);
    }

    /** Begins to read the newest orders; until that is done, none is accepted. */
    public static OrderWrites start(KafkaSettings kafka, OrderSettings settings, MeterRegistry meters, Clock clock) {
        var writes = new OrderWrites(kafka, settings, meters, clock);
        writes.follower.start();
        return writes;
    }

    /** Whether orders are accepted. */
    public boolean loaded() {
        return follower.loaded();
    }

    private synchronized int remembered() {
        return known.size();
    }

    @Override
    public CompletionStage<Outcome> put(Order order, String caller, String key) {
        return begin(order, caller, Fingerprint.of(caller + "\n" + key)).thenApply(outcome -> {
            Metric.ACCESS_ORDERS
                    .counter(meters, outcome.name().toLowerCase(Locale.ROOT))
                    .increment();
            return outcome;
        });
    }

    private CompletableFuture<Outcome> begin(Order order, String caller, Fingerprint key) {
        if (!follower.loaded()) {
            return CompletableFuture.completedFuture(Outcome.LOADING);
        }
        var id = Fingerprint.of(order.getOrderId());
        var mine = new Writing(Fingerprint.of(order));
        synchronized (this) {
            var verdict = known.judge(id, mine.content, key);
            if (verdict != Verdict.NEW) {
                return CompletableFuture.completedFuture(outcome(verdict));
            }
            var earlier = writing.get(id);
            if (earlier != null) {
                return earlier.content.equals(mine.content)
                        ? earlier.outcome.thenApply(each -> each == Outcome.CREATED ? Outcome.UNCHANGED : each)
                        : CompletableFuture.completedFuture(Outcome.OTHER_CONTENT);
            }
            if (writing.size() >= WRITING_MAX) {
                return CompletableFuture.completedFuture(Outcome.BUSY);
            }
            if (keysInUse.putIfAbsent(key, id) != null) {
                return CompletableFuture.completedFuture(Outcome.KEY_USED);
            }
            writing.put(id, mine);
        }
        write(order, caller, key, mine, id);
        return mine.outcome;
    }

    private static Outcome outcome(Verdict verdict) {
        return switch (verdict) {
            case SAME -> Outcome.UNCHANGED;
            case OTHER_CONTENT -> Outcome.OTHER_CONTENT;
            case KEY_USED -> Outcome.KEY_USED;
            case NEW -> throw new IllegalArgumentException("new (expected: known)");
        };
    }

    private void write(Order order, String caller, Fingerprint key, Writing mine, Fingerprint id) {
        var headers = new RecordHeaders()
                .add(Headers.WRITTEN_BY, caller.getBytes(UTF_8))
                .add(Headers.IDEMPOTENCY_KEY, key.hex().getBytes(UTF_8));
        var unused = producer.write(order.getOrderId().getBytes(UTF_8), order, headers)
                .thenCompose(at -> follower.passed(at.partition(), at.offset()).thenApply(passed -> at))
                .thenCompose(at -> decide(id, mine, at))
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((outcome, failure) -> end(id, key, mine, failure == null ? outcome : failed(failure)));
    }

    /** While Kafka is away all fail, so a line for each would say nothing more. */
    private Outcome failed(Throwable failure) {
        var now = System.nanoTime();
        var before = loggedAt.get();
        if (now - before > LOG_PAUSE.toNanos() && loggedAt.compareAndSet(before, now)) {
            var causes = SafeCause.chain(failure);
            LOG.atWarn()
                    .addKeyValue("cause", causes.get(causes.size() - 1))
                    .log("An order was not confirmed; more within 10 seconds have no line");
        }
        return Outcome.UNCONFIRMED;
    }

    private void end(Fingerprint id, Fingerprint key, Writing mine, Outcome outcome) {
        synchronized (this) {
            writing.remove(id);
            keysInUse.remove(key);
        }
        mine.outcome.complete(outcome);
    }

    /** Everything before the record has been read: it is the first of its id, or another one is. */
    private CompletableFuture<Outcome> decide(Fingerprint id, Writing mine, RecordMetadata at) {
        ConsumerRecord<byte[], byte[]> first;
        synchronized (this) {
            var content = known.content(id);
            first = mine.other;
            if (content == null || content.equals(mine.content) || first == null) {
                return CompletableFuture.completedFuture(Outcome.CREATED);
            }
        }
        LOG.atWarn()
                .addKeyValue("partition", at.partition())
                .addKeyValue("offset", at.offset())
                .log("Two orders with one id were written at the same time; the first is written again, and counts");
        return producer.writeAgain(first.key(), first.value()).thenApply(again -> Outcome.OTHER_CONTENT);
    }

    /** A record of the topic. */
    private synchronized void read(ConsumerRecord<byte[], byte[]> record, @Nullable Order order) {
        if (record.key() == null) {
            return;
        }
        var id = Fingerprint.of(record.key());
        var content = order == null
                ? Fingerprint.of(Optional.ofNullable(record.value()).orElse(new byte[0]))
                : Fingerprint.of(order);
        var counts = known.add(id, content, key(record));
        var mine = writing.get(id);
        if (counts && mine != null && !content.equals(mine.content)) {
            mine.other = record;
        }
    }

    private static Optional<Fingerprint> key(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader(Headers.IDEMPOTENCY_KEY))
                .flatMap(header -> Fingerprint.parse(header.value()));
    }

    @Override
    public void close() {
        producer.close();
        follower.close();
    }
}

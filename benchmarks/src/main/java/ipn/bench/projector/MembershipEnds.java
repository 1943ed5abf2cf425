package ipn.bench.projector;

import ipn.avro.AccessReason;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.NotificationCommand;
import ipn.avro.NotificationKind;
import ipn.bench.measure.TopicFollower;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Reads entitlement events and notifications as a committed reader, while memberships start and end. */
final class MembershipEnds implements AutoCloseable {
    final Map<String, Long> grantedAt = new ConcurrentHashMap<>();
    final Map<NotificationKind, Integer> notifications = new ConcurrentHashMap<>();
    final AtomicInteger granted = new AtomicInteger();
    final AtomicInteger expired = new AtomicInteger();
    final AtomicInteger unexpected = new AtomicInteger();
    final Histogram lagMicros = new ConcurrentHistogram(3);
    volatile long lastGrantedAt;
    private volatile long firstDecided = Long.MAX_VALUE;
    private volatile long lastDecided = Long.MIN_VALUE;

    private final Memberships memberships;
    private final BitSet grants = new BitSet();
    private final BitSet ends = new BitSet();
    private final TopicFollower<EntitlementEvent> events;
    private final TopicFollower<NotificationCommand> commands;

    MembershipEnds(KafkaSettings kafka, Memberships memberships) throws InterruptedException {
        this.memberships = memberships;
        events = TopicFollower.fromStart(kafka, TopicCatalogue.ENTITLEMENTS, EntitlementEvent.class, this::record);
        commands = TopicFollower.fromStart(
                kafka,
                TopicCatalogue.NOTIFICATIONS,
                NotificationCommand.class,
                (command, now) -> notifications.merge(command.getKind(), 1, Integer::sum));
    }

    /** The number of notifications of one kind. */
    int notified(NotificationKind kind) {
        return notifications.getOrDefault(kind, 0);
    }

    /** The time from the first decided end to the last. */
    Duration span() {
        return Duration.ofMillis(Math.max(0, lastDecided - firstDecided));
    }

    private void record(EntitlementEvent event, long now) {
        if (!Memberships.isMember(event.getSubject())) {
            if (event.getType() == EntitlementEventType.GRANTED) {
                grantedAt.putIfAbsent(event.getCause().getEventKey(), now);
            }
            return;
        }
        var number = Memberships.number(event.getSubject());
        if (event.getType() == EntitlementEventType.GRANTED && !grants.get(number)) {
            grants.set(number);
            lastGrantedAt = now;
            granted.incrementAndGet();
        } else if (isRegularEnd(event, number) && grants.get(number) && !ends.get(number)) {
            ends.set(number);
            recordEnd(event, number);
        } else {
            unexpected.incrementAndGet();
        }
    }

    private boolean isRegularEnd(EntitlementEvent event, int number) {
        var end = memberships.end(number);
        return event.getType() == EntitlementEventType.EXPIRED
                && event.getReason() == AccessReason.RAN_OUT
                && end.equals(event.getUntil())
                && !event.getDecidedAt().isBefore(end);
    }

    private void recordEnd(EntitlementEvent event, int number) {
        var lag = Duration.between(memberships.end(number), event.getDecidedAt());
        lagMicros.recordValue(TimeUnit.MILLISECONDS.toMicros(lag.toMillis()));
        var decided = event.getDecidedAt().toEpochMilli();
        firstDecided = Math.min(firstDecided, decided);
        lastDecided = Math.max(lastDecided, decided);
        expired.incrementAndGet();
    }

    @Override
    public void close() {
        commands.close();
        events.close();
    }
}

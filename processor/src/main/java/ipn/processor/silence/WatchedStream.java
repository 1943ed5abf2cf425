package ipn.processor.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** One stream: what is usual for it, and its newest notification. Notifications of the minutes that are not over may come in any order. */
final class WatchedStream {
    static final long MINUTE = 60_000;

    /** Before that, nothing is usual. */
    private static final long LEARNED_HOURS_MIN = Hours.OF_WEEK;

    private static final double NOTIFICATIONS_MIN = 8;

    /** A silence that is shorter is never unusual, and no gap is called long that is not at least as rare as 1 in e. */
    private static final long SHORTEST = MINUTE;

    private static final double THRESHOLD_MIN = 1;

    /** A stream without notifications for so long is forgotten. */
    private static final long FORGOTTEN = 28L * Hours.OF_DAY * Hours.MILLIS;

    private final StreamId id;
    private final UsualRates rates = new UsualRates();
    private final LongGaps gaps = new LongGaps();
    private final TreeMap<Long, Minute> open = new TreeMap<>();
    private long hour;
    private long inHour;
    private long last;
    private long learnedHours;

    private record Minute(long first, long last, long count) {
        Minute and(Minute other) {
            return new Minute(
                    Math.min(first, other.first), Math.max(last, other.last), Math.addExact(count, other.count));
        }
    }

    WatchedStream(StreamId id, long first) {
        this.id = id;
        this.hour = Hours.of(first);
        this.last = first;
    }

    WatchedStream(LearnedStream learned) {
        this.id = learned.id();
        this.hour = learned.hour();
        this.inHour = learned.inHour();
        this.last = learned.last();
        this.learnedHours = learned.learnedHours();
        rates.restore(learned.counts(), learned.hours());
        gaps.restore(new LongGaps.Known(learned.longGaps(), learned.excess(), learned.gapHours()));
    }

    /** What is known up to the last minute that is over. */
    LearnedStream learned() {
        var known = gaps.known();
        return new LearnedStream(
                id,
                hour,
                inHour,
                last,
                learnedHours,
                rates.counts(),
                rates.hours(),
                known.count(),
                known.excess(),
                known.hours());
    }

    void note(long at) {
        open.merge(Math.floorDiv(at, MINUTE), new Minute(at, at, 1), Minute::and);
    }

    /** All minutes before this one are over. */
    void advance(long minute) {
        while (!open.isEmpty() && open.firstKey() < minute) {
            var next = open.pollFirstEntry().getValue();
            endHours(Hours.of(next.first()));
            endGap(next.first());
            last = Math.max(last, next.last());
            inHour += next.count();
        }
        endHours(Hours.of(minute * MINUTE));
    }

    /** Hours of an unusual silence are not learned: they would make it usual. */
    private void endHours(long until) {
        for (; hour < until; hour++) {
            if (inHour == 0 && isJudged() && (hour + 1) * Hours.MILLIS > limitFrom(last)) {
                continue;
            }
            rates.comeInBurstsOf(gaps.mean());
            rates.learn(hour, inHour);
            learnedHours++;
            inHour = 0;
            if (isJudged()) {
                gaps.hourPasses();
            }
        }
    }

    private void endGap(long at) {
        if (isJudged() && at - last >= SHORTEST) {
            var longer = rates.expected(last, at) - threshold(last);
            if (longer > 0) {
                gaps.add(longer);
            }
        }
    }

    private double threshold(long from) {
        return Math.max(THRESHOLD_MIN, rates.expected(from, from + SHORTEST));
    }

    private long limitFrom(long from) {
        return Math.max(from + SHORTEST, rates.after(from, threshold(from) + gaps.limit()));
    }

    private boolean isJudged() {
        return learnedHours >= LEARNED_HOURS_MIN && rates.total() >= NOTIFICATIONS_MIN;
    }

    private long newest() {
        return open.isEmpty()
                ? last
                : Math.max(last, open.lastEntry().getValue().last());
    }

    boolean isForgotten(long now) {
        return now - newest() > FORGOTTEN;
    }

    /** How long nothing has come; empty: too little is known of it. */
    Optional<Silence> silence(long now) {
        if (!isJudged()) {
            return Optional.empty();
        }
        var newest = newest();
        return Optional.of(new Silence(
                id,
                Instant.ofEpochMilli(newest),
                Duration.ofMillis(Math.max(0, now - newest)),
                Duration.ofMillis(limitFrom(newest) - newest),
                rates.expected(newest, now)));
    }
}

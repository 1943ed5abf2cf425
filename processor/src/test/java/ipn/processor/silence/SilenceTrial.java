package ipn.processor.silence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What becomes of simulated streams: four weeks of each, and mutes in the last of them.
 *
 * @param falseAlarms in four weeks of streams that were not muted
 * @param delays from each mute until it was noticed, in usual gaps of its time, at least {@link #RESOLUTION}; in order
 */
record SilenceTrial(int streams, int falseAlarms, List<Double> delays) {
    /** No silence below a minute is unusual, and silences are judged every ten seconds: shorter gaps count as such. */
    private static final long RESOLUTION = 30_000;

    private static final long JUDGED_EVERY = 10_000;

    private static final long BEGIN = Hours.OF_WEEK * Hours.MILLIS * 2_900; // some Thursday
    private static final long WEEK = Hours.OF_WEEK * Hours.MILLIS;
    private static final Duration UTC = Duration.ZERO;

    static SilenceTrial of(long seed, int streams, double perSecondMax, int mutes) {
        var random = new SplittableRandom(seed);
        var falseAlarms = 0;
        var delays = new ArrayList<Double>();
        for (var i = 0; i < streams; i++) {
            var stream = SimulatedStream.any(random, perSecondMax);
            var history = new History(stream, random.split(), UTC);
            var muted = random.longs(mutes, BEGIN + 3 * WEEK, BEGIN + 4 * WEEK)
                    .sorted()
                    .toArray();
            for (var at : muted) {
                history.readTo(at);
                delays.add(history.delayOfMute() / Math.max(RESOLUTION, stream.usualGap(at)));
            }
            history.readTo(BEGIN + 4 * WEEK);
            falseAlarms += history.alarms;
        }
        delays.sort(Double::compare);
        return new SilenceTrial(streams, falseAlarms, delays);
    }

    /** Alarms of a stream whose hours move after four weeks, in the four weeks after that. */
    static int alarmsAfterClockChange(SimulatedStream stream, long seed, Duration ahead) {
        var random = new SplittableRandom(seed);
        var before = new History(stream, random.split(), UTC);
        before.readTo(BEGIN + 4 * WEEK);
        var after = new History(stream, random.split(), ahead);
        after.watched = new WatchedStream(before.watched.learned());
        after.at = BEGIN + 4 * WEEK;
        after.readTo(BEGIN + 8 * WEEK);
        return after.alarms;
    }

    /** Delay that is not exceeded by a share of the mutes. */
    double delay(double share) {
        return delays.get((int) Math.min(delays.size() - 1L, Math.round(share * delays.size())));
    }

    double falseAlarmsPerStreamMonth() {
        return (double) falseAlarms / streams;
    }

    private static final class History {
        private final long[] events;
        private int next;
        private long at = BEGIN;
        private boolean unusual;
        private int alarms;
        private WatchedStream watched;

        History(SimulatedStream stream, SplittableRandom random, Duration ahead) {
            events = stream.events(random, BEGIN, BEGIN + 8 * WEEK, ahead);
            watched = new WatchedStream(new StreamId("simulated", "main", StreamId.ALL), events[0]);
        }

        void readTo(long until) {
            for (; at < until; at += WatchedStream.MINUTE) {
                while (next < events.length && events[next] < at) {
                    if (events[next] >= at - WatchedStream.MINUTE) {
                        watched.note(events[next]);
                    }
                    next++;
                }
                watched.advance(at / WatchedStream.MINUTE);
                var is = watched.silence(at).filter(Silence::isUnusual).isPresent();
                alarms += is && !unusual ? 1 : 0;
                unusual = is;
            }
        }

        /** From now on nothing comes. */
        double delayOfMute() {
            var copy = new WatchedStream(watched.learned());
            var now = at;
            while (true) {
                var silence = copy.silence(now).orElseThrow();
                if (silence.isUnusual()) {
                    return Math.max(0, silence.last().plus(silence.limit()).toEpochMilli() - at) + JUDGED_EVERY;
                }
                now += WatchedStream.MINUTE;
                copy.advance(now / WatchedStream.MINUTE);
            }
        }
    }
}

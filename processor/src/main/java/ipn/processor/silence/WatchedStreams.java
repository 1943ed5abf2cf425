package ipn.processor.silence;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The streams of all accounts. Memory has a bound: minutes that are not over, and {@value #TYPES_MAX} event types of an account; accounts come from the
 * settings. Not thread-safe.
 */
public final class WatchedStreams {
    /** Event types of an account that are watched on their own: those that came first. */
    public static final int TYPES_MAX = 32;

    private final Map<StreamId, WatchedStream> streams = new HashMap<>();
    private long readTo;

    /** Begins with nothing known. */
    public WatchedStreams() {}

    /** Continues with what was stored. */
    public WatchedStreams(Learned learned) {
        readTo = learned.readTo();
        learned.streams().stream()
                .filter(LearnedStream::isWhole)
                .forEach(each -> streams.put(each.id(), new WatchedStream(each)));
    }

    /** What is known of all that was before {@link Learned#readTo()}. */
    public Learned learned() {
        return new Learned(
                readTo, streams.values().stream().map(WatchedStream::learned).toList());
    }

    /**
     * A notification came. Of a minute that is over, it counts as one of the next minute.
     *
     * @param type that is known of the gateway, or {@link StreamId#OTHER}
     * @param at milliseconds since 1970
     */
    public void note(String gateway, String account, String type, long at) {
        var time = Math.max(at, readTo);
        var whole = new StreamId(gateway, account, StreamId.ALL);
        stream(whole, time).note(time);
        var one = new StreamId(gateway, account, type);
        stream(
                        streams.containsKey(one) || isRoomFor(whole)
                                ? one
                                : new StreamId(gateway, account, StreamId.OTHER),
                        time)
                .note(time);
    }

    private WatchedStream stream(StreamId id, long first) {
        return streams.computeIfAbsent(id, absent -> new WatchedStream(absent, first));
    }

    private boolean isRoomFor(StreamId whole) {
        return streams.keySet().stream()
                        .filter(each -> each.whole().equals(whole))
                        .count()
                <= TYPES_MAX;
    }

    /** Everything that came before this time is noted. */
    public void advance(long to) {
        var minute = Math.floorDiv(to, WatchedStream.MINUTE);
        if (minute * WatchedStream.MINUTE > readTo) {
            streams.values().forEach(stream -> stream.advance(minute));
            streams.values().removeIf(stream -> stream.isForgotten(to));
            readTo = minute * WatchedStream.MINUTE;
        }
    }

    /**
     * How long nothing has come in each stream of which enough is known, the most that is missing first.
     *
     * @param now up to which everything is noted
     */
    public List<Silence> silences(long now) {
        return streams.values().stream()
                .flatMap(stream -> stream.silence(now).stream())
                .sorted(Comparator.comparingDouble(Silence::missing).reversed())
                .toList();
    }

    /**
     * The unusual ones; of an account that is silent as a whole, only that.
     *
     * @param silences of all streams
     */
    public static List<Silence> unusual(List<Silence> silences) {
        var unusual = silences.stream().filter(Silence::isUnusual).toList();
        var whole = unusual.stream()
                .map(Silence::stream)
                .filter(StreamId::coversAccount)
                .toList();
        return Stream.concat(
                        unusual.stream().filter(each -> each.stream().coversAccount()),
                        unusual.stream()
                                .filter(each -> !whole.contains(each.stream().whole())))
                .toList();
    }
}

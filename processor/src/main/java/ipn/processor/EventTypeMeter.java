package ipn.processor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import ipn.avro.Outcome;
import ipn.drift.DriftDetector;
import ipn.gateway.Accounts;
import ipn.processor.silence.StreamId;
import ipn.processor.silence.WatchedStreams;
import ipn.runtime.metrics.Metric;
import ipn.topics.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Counts raw records by account, event type and kind of outcome. Accounts come from the settings, and event types from what is known of the
 * gateway; of those, so many of an account and so many of all accounts as came first. Everything else counts as {@link StreamId#OTHER}, so that
 * neither forged nor changed notifications add series without end. Thread-safe.
 */
final class EventTypeMeter {
    /** Event types of all accounts together that are counted on their own. */
    static final int TYPES_MAX = 2_000;

    /** Nobody has proved that a gateway has sent these. */
    private static final Set<String> NOT_AUTHENTIC =
            Set.of(Reason.NOT_SEALED.name(), Reason.INVALID_SIGNATURE.name(), Reason.WRONG_ACCOUNT.name());

    private final MeterRegistry meters;
    private final Supplier<Accounts> accounts;
    private final DriftDetector known;
    /** By the known type, which may not be admitted: looked up once, because every record counts. */
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

    private final Map<MeteredAccount, Set<String>> types = new HashMap<>();
    private int typesOfAll;

    private record Series(MeteredAccount account, String type, String kind) {}

    EventTypeMeter(MeterRegistry meters, Supplier<Accounts> accounts, DriftDetector known) {
        this.meters = meters;
        this.accounts = accounts;
        this.known = known;
    }

    void count(Outcome outcome) {
        counters.computeIfAbsent(
                        new Series(
                                account(outcome),
                                type(outcome),
                                outcome.getKind().name()),
                        this::counter)
                .increment();
    }

    private MeteredAccount account(Outcome outcome) {
        return MeteredAccount.of(accounts.get(), outcome.getGateway(), outcome.getAccount());
    }

    private String type(Outcome outcome) {
        var reason = outcome.getReason();
        return reason != null && NOT_AUTHENTIC.contains(reason)
                ? StreamId.OTHER
                : known.knownType(outcome.getGateway(), outcome.getEventType());
    }

    private synchronized String admitted(MeteredAccount account, String type) {
        if (type.equals(StreamId.OTHER) || account.equals(MeteredAccount.NONE)) {
            return StreamId.OTHER;
        }
        var counted = types.computeIfAbsent(account, first -> new HashSet<>());
        if (counted.contains(type)) {
            return type;
        }
        if (counted.size() == WatchedStreams.TYPES_MAX || typesOfAll == TYPES_MAX) {
            return StreamId.OTHER;
        }
        typesOfAll++;
        counted.add(type);
        return type;
    }

    /** That of its type, or the one that several types share. */
    private Counter counter(Series series) {
        var account = series.account();
        return Metric.PROCESSOR_NOTIFICATIONS.counter(
                meters, account.gateway(), account.name(), admitted(account, series.type()), series.kind());
    }
}

package ipn.processor;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.gateway.Accounts;
import ipn.key.FailureFingerprint;
import ipn.processor.outage.FailureWindow;
import ipn.processor.outage.FailureWindow.Cause;
import ipn.processor.outage.Outage;
import ipn.processor.outage.OutageRule;
import ipn.runtime.streams.StagePauseException;
import ipn.settings.Settings;
import ipn.topics.Headers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports outages: in the log once when one begins and once when it ends, as a metric, and as the note of readiness. If the settings say so, it
 * pauses the stage instead of filling the topic of dead letters. Thread-safe: one for all threads of the stage.
 *
 * <p>Replayed records do not count: an engineer who replays what still fails is no outage.
 */
public final class OutageWatch {
    private static final Logger LOG = LoggerFactory.getLogger(OutageWatch.class);
    private static final String STAGE = "processor";
    private static final Duration WINDOW_MAX = Duration.ofHours(1);

    private final FailureWindow window;
    private final boolean pauses;
    private final Clock clock;
    private List<Outage> known = List.of();
    private Consumer<List<Outage>> whenReported = unmetered -> {};

    OutageWatch(OutageRule rule, boolean pauses, Clock clock) {
        this.window = new FailureWindow(rule);
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Reads {@code processor.outage-percent}, {@code -window}, {@code -minimum} and {@code -pause}. */
    public static OutageWatch from(Settings settings) {
        var section = settings.in("processor");
        var window = section.duration("outage-window", Duration.ofMinutes(5), WINDOW_MAX);
        var rule = new OutageRule(
                section.integer("outage-percent", 50, 1, 100),
                window.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : window,
                section.integer("outage-minimum", 100, 1, 1_000_000));
        return new OutageWatch(rule, section.flag("outage-pause", false), Clock.systemUTC());
    }

    /** @param accounts of the settings, which can change meanwhile */
    void register(MeterRegistry meters, Supplier<Accounts> accounts) {
        var shown = new OutageMeters(meters, accounts, this::outages);
        synchronized (this) {
            whenReported = shown::show;
        }
    }

    /**
     * Counts the outcome of a record, before it is written.
     *
     * @throws StagePauseException if the record belongs to an outage and the settings say to pause
     */
    synchronized void note(RawRecord raw, Outcome outcome) {
        if (raw.header(Headers.REPLAY_ID).isPresent()) {
            return;
        }
        var account = outcome.getGateway() + "/" + outcome.getAccount();
        var now = clock.instant();
        if (window.note(account, cause(outcome), now)) {
            report(now);
        }
        if (pauses && outcome.getKind() == OutcomeKind.UNPROCESSABLE) {
            known.stream()
                    .filter(outage -> outage.account().equals(account))
                    .findFirst()
                    .ifPresent(outage -> {
                        throw new StagePauseException(outage.text());
                    });
        }
    }

    private static Optional<Cause> cause(Outcome outcome) {
        if (outcome.getKind() != OutcomeKind.UNPROCESSABLE) {
            return Optional.empty();
        }
        var reason = Objects.requireNonNullElse(outcome.getReason(), "");
        var origin = FailureFingerprint.origin(outcome.getGateway(), outcome.getAccount(), outcome.getEventType());
        var detail = Objects.requireNonNullElse(outcome.getDetail(), "");
        return Optional.of(new Cause(FailureFingerprint.of(STAGE, reason, origin, detail), reason));
    }

    private void report(Instant now) {
        var current = window.outages(now);
        current.stream().filter(outage -> !isIn(known, outage)).forEach(OutageWatch::logBegin);
        known.stream().filter(outage -> !isIn(current, outage)).forEach(OutageWatch::logEnd);
        known = current;
        whenReported.accept(current);
    }

    private static boolean isIn(List<Outage> some, Outage one) {
        return some.stream()
                .anyMatch(outage -> outage.account().equals(one.account())
                        && outage.fingerprint().equals(one.fingerprint()));
    }

    private static void logBegin(Outage outage) {
        LOG.atWarn()
                .addKeyValue("stage", STAGE)
                .addKeyValue("account", outage.account())
                .addKeyValue("reason", outage.reason())
                .addKeyValue("fingerprint", outage.fingerprint())
                .addKeyValue("failed", outage.failed())
                .addKeyValue("total", outage.total())
                .log("One cause of failure has a large share of the records: a bad release or a changed format");
    }

    private static void logEnd(Outage outage) {
        LOG.atInfo()
                .addKeyValue("stage", STAGE)
                .addKeyValue("account", outage.account())
                .addKeyValue("fingerprint", outage.fingerprint())
                .log("One cause of failure no longer has a large share of the records");
    }

    private synchronized List<Outage> outages() {
        report(clock.instant());
        return known;
    }

    /** What goes on, for people; empty: nothing. */
    public Optional<String> note() {
        return Optional.of(outages().stream().map(Outage::text).collect(Collectors.joining("; ")))
                .filter(text -> !text.isEmpty());
    }
}

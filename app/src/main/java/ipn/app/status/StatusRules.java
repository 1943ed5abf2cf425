package ipn.app.status;

import ipn.runtime.metrics.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The state of a pipeline from two readings of its metrics: what grew between them is a rate. */
public final class StatusRules {
    /** Outcomes of requests that are answered with 503. */
    static final Set<String> UNAVAILABLE = Set.of("busy", "undecided", "unpublished", "overdue", "failed");

    private static final Map<String, String> ACKNOWLEDGED = Map.of("outcome", "acknowledged");
    private static final List<String> STREAMS = List.of("processor", "projector");

    private final Scrape at;
    private final Samples before;
    private final Samples now;
    private final double seconds;

    private StatusRules(Scrape before, Scrape now) {
        this.at = now;
        this.before = new Samples(before.samples());
        this.now = new Samples(now.samples());
        this.seconds = Math.max(0.001, Duration.between(before.at(), now.at()).toMillis() / 1_000.0);
    }

    /** The state at the later reading. */
    public static PipelineStatus status(Scrape before, Scrape now) {
        return new StatusRules(before, now).status();
    }

    private PipelineStatus status() {
        var stages = Stream.concat(Stream.of(ingress()), STREAMS.stream().map(this::streams))
                .toList();
        var accounts = accounts();
        var withheld = (long) now.sum(Metric.PROJECTOR_BRAKE_WITHHELD, Map.of());
        return new PipelineStatus(
                at.at(),
                stages,
                accounts,
                deadLetters(),
                now.max(Metric.QUERY_AGE_SECONDS, Map.of()).isPresent(),
                drift(),
                discrepancies(),
                withheld,
                new StatusProblems(at, before, now).list(stages, accounts));
    }

    private StageState ingress() {
        var ready = now.max(Metric.INGRESS_READY, Map.of());
        return new StageState(
                "ingress",
                state(ready),
                rate(Metric.INGRESS_REQUESTS, ACKNOWLEDGED),
                Optional.empty(),
                Optional.empty(),
                quantile(Metric.INGRESS_REQUEST_DURATION, Map.of(), 0.5),
                quantile(Metric.INGRESS_REQUEST_DURATION, Map.of(), 0.99));
    }

    private StageState streams(String stage) {
        var labels = Map.of("stage", stage);
        var isProcessor = stage.equals("processor");
        var time = isProcessor ? Metric.PROCESSOR_RECEIVED_TO_OUTCOME : Metric.PROJECTOR_RECEIVED_TO_ENTITLEMENT;
        var rate = isProcessor
                ? rate(Metric.PROCESSOR_OUTCOMES, Map.of())
                : rate(Metric.PROJECTOR_ENTITLEMENT_EVENTS, Map.of());
        return new StageState(
                stage,
                state(now.max(Metric.STAGE_RUNNING, labels)),
                rate,
                waiting(labels),
                optional(now.max(Metric.STAGE_OLDEST_UNPROCESSED_SECONDS, labels)),
                quantile(time, Map.of(), 0.5),
                quantile(time, Map.of(), 0.99));
    }

    /** Each process shows the number of the whole stage. */
    private Optional<Long> waiting(Map<String, String> labels) {
        var topics = now.names(Metric.STAGE_LAG_RECORDS, labels, "topic");
        return topics.isEmpty()
                ? Optional.empty()
                : Optional.of((long) topics.stream()
                        .mapToDouble(topic -> now.max(Metric.STAGE_LAG_RECORDS, Samples.with(labels, "topic", topic))
                                .orElse(0))
                        .sum());
    }

    private static String state(OptionalDouble running) {
        return running.isEmpty() ? "missing" : running.getAsDouble() > 0 ? "running" : "not running";
    }

    private List<AccountState> accounts() {
        return now.accounts(Metric.INGRESS_LAST_STORED_SECONDS, Map.of()).stream()
                .map(this::account)
                .toList();
    }

    private AccountState account(Map<String, String> labels) {
        var last = now.max(Metric.INGRESS_LAST_STORED_SECONDS, labels).orElse(0);
        return new AccountState(
                labels.get("gateway") + "/" + labels.get("account"),
                last <= 0 ? Optional.empty() : Optional.of(Math.max(0, at.at().toEpochMilli() / 1_000.0 - last)),
                rate(Metric.INGRESS_REQUESTS, Samples.with(labels, "outcome", "acknowledged")),
                (long) now.sum(Metric.INGRESS_REQUESTS, Samples.with(labels, "outcome", "acknowledged")),
                (long) now.sum(Metric.INGRESS_REJECTED, labels),
                (long) now.sum(Metric.INGRESS_REQUESTS, labels, "outcome", UNAVAILABLE::contains),
                quantile(Metric.INGRESS_REQUEST_DURATION, labels, 0.99));
    }

    private Map<String, Long> deadLetters() {
        var byReason = new TreeMap<String, Long>();
        for (var reason : now.names(Metric.PROJECTOR_DEAD_LETTERS, Map.of(), "reason")) {
            var emitted = (long) now.sum(Metric.PROJECTOR_DEAD_LETTERS, Map.of("reason", reason));
            if (emitted > 0) {
                byReason.put(reason, emitted);
            }
        }
        return byReason;
    }

    private Map<String, Long> drift() {
        var byType = new TreeMap<String, Long>();
        for (var gateway : now.names(Metric.PROCESSOR_DRIFT, Map.of(), "gateway")) {
            for (var type : now.names(Metric.PROCESSOR_DRIFT, Map.of("gateway", gateway), "type")) {
                var labels = Map.of("gateway", gateway, "type", type);
                byType.put(gateway + " " + type, (long) now.sum(Metric.PROCESSOR_DRIFT, labels));
            }
        }
        return byType;
    }

    private Map<String, Long> discrepancies() {
        var byKind = new TreeMap<String, Long>();
        for (var kind : now.names(Metric.PROJECTOR_DISCREPANCIES, Map.of(), "kind")) {
            var open = (long) (now.sum(Metric.PROJECTOR_DISCREPANCIES, Map.of("kind", kind, "state", "OPEN"))
                    - now.sum(Metric.PROJECTOR_DISCREPANCIES, Map.of("kind", kind, "state", "CLOSED")));
            if (open > 0) {
                byKind.put(kind, open);
            }
        }
        return byKind;
    }

    private double rate(Metric metric, Map<String, String> labels) {
        return Math.max(0, now.sum(metric, labels) - before.sum(metric, labels)) / seconds;
    }

    /** Of what was measured between the readings; if that is nothing, since the start. */
    private Optional<Double> quantile(Metric metric, Map<String, String> labels, double share) {
        var lately = now.quantile(metric, labels, share, before);
        return optional(lately.isPresent() ? lately : now.quantile(metric, labels, share, new Samples(List.of())));
    }

    private static Optional<Double> optional(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
}

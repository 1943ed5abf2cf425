package ipn.runtime.metrics;

import static ipn.runtime.metrics.MetricType.COUNTER;
import static ipn.runtime.metrics.MetricType.GAUGE;
import static ipn.runtime.metrics.MetricType.PIPELINE_HISTOGRAM;
import static ipn.runtime.metrics.MetricType.REQUEST_HISTOGRAM;
import static ipn.runtime.metrics.MetricType.TIMER;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Every metric that a stage shows: type, name as Prometheus reads it, meaning and labels. The reference in {@code docs} is written from this
 * table, and no other metric leaves a stage ({@link StageMeters}). Labels come from the settings and from closed lists, never from a
 * notification, so the number of series has a bound.
 */
public enum Metric {
    // spotless:off
    // each stage
    STAGE_RUNNING(GAUGE, "ipn_stage_running",
            "1 while the Streams stage processes records; 0 while it starts, restores, rebalances, makes no progress, is paused "
            + "(`processor.outage-pause`) or stops, and after it failed", "stage"),
    STAGE_STALLED(GAUGE, "ipn_stage_stalled",
            "1 from when a Streams stage with work has made no progress for 30 s until it makes progress again "
            + "([runbook](runbooks/stage-stalls.md))", "stage"),
    STAGE_REPLACEMENTS(COUNTER, "ipn_stage_replacements_total",
            "replacements of the Kafka clients of a Streams stage: `stall` (no progress), `clock` (the wall clock was set back) or"
                    + " `damage` (its local state was damaged; it was deleted and is restored)",
            "stage", "reason"),
    STAGE_THREAD_FAILURES(COUNTER, "ipn_stage_thread_failures_total",
            "stream threads that failed and were replaced; their records are read again", "stage"),
    STAGE_LAG_RECORDS(GAUGE, "ipn_stage_lag_records",
            "records of the topic that the stage has not yet processed and committed, in all partitions. Up to 100 of a partition are "
            + "counted one by one; of more, transaction markers count too, and so they do behind a transaction that is still open. Each process shows the number of the whole stage", "stage", "topic"),
    STAGE_OLDEST_UNPROCESSED_SECONDS(GAUGE, "ipn_stage_oldest_unprocessed_seconds",
            "age of the oldest record that the stage has not yet processed and committed, and of a transaction of another writer before which it must wait; 0 if there is none", "stage"),
    STAGE_LAG_READ_SECONDS(GAUGE, "ipn_stage_lag_read_seconds",
            "when the lag was read, in seconds since 1970; while it does not grow, the two metrics above are old", "stage"),
    SETTINGS_PROBLEMS(GAUGE, "ipn_settings_problems",
            "problems of settings that were changed while the stage runs; above 0 it continues with the settings it has, and the log "
            + "names each problem", "stage"),
    SETTINGS_RESTART_NEEDED(GAUGE, "ipn_settings_restart_needed",
            "1 if settings were changed that the stage uses only after a restart; the log names the keys", "stage"),
    CERTIFICATE_LEFT_SECONDS(GAUGE, "ipn_certificate_left_seconds",
            "time until the certificate with which the stage listens ends, or one that it was issued by; below 0: it has ended. `key` is the key of the "
            + "settings that names it ([runbook](runbooks/certificates.md))", "stage", "key"),
    SECRET_LEFT_SECONDS(GAUGE, "ipn_secret_left_seconds",
            "time until the last secret of a key of the settings ends; only of keys of which each secret has an end (`until`)", "stage", "key"),
    TRACES_SPANS(COUNTER, "ipn_traces_spans_total",
            "spans by what became of them: `exported`, `failed` (the collector of `traces.endpoint` did not take them), `full` (dropped, because "
            + "too many wait for it) or `rate` (dropped, above `traces.spans-per-second`); absent without `traces.endpoint`", "stage", "result"),
    // ingress
    INGRESS_READY(GAUGE, "ipn_ingress_ready",
            "1 while notifications can be stored: Kafka is reachable, and the ingress is not stopping"),
    INGRESS_REQUESTS(COUNTER, "ipn_ingress_requests_total",
            "requests by outcome: `acknowledged`, `gone` (the client closed the connection before the response), or the error response "
            + "in lower case, such as `not_authentic`, `too_many_look_ups` (429: the client caused too many requests to the gateway) or "
            + "`undecided` (503: the gateway, or its share of requests, was not available; the log field `detail` says which); unknown "
            + "accounts count as `unknown`", "gateway", "account", "outcome"),
    INGRESS_REQUEST_DURATION(REQUEST_HISTOGRAM, "ipn_ingress_request_duration_seconds",
            "from the head of a request to its response", "gateway", "account"),
    INGRESS_PUBLISH_DURATION(REQUEST_HISTOGRAM, "ipn_ingress_publish_duration_seconds",
            "from the call of the producer until Kafka has confirmed the records", "gateway", "account"),
    INGRESS_REJECTED(COUNTER, "ipn_ingress_rejected_total",
            "deliveries that were not authentic; `published` is false for those left out of `ipn.rejected` by its rate limit",
            "gateway", "account", "reason", "published"),
    INGRESS_DEFERRED(COUNTER, "ipn_ingress_deferred_total",
            "refunds and the like above `ingress.refunds-per-second`, which were stored in `ipn.raw-deferred`", "gateway", "account"),
    INGRESS_LAST_STORED_SECONDS(GAUGE, "ipn_ingress_last_stored_seconds",
            "when Kafka confirmed the newest authentic notification, in seconds since 1970; 0 before the first since the start",
            "gateway", "account"),
    INGRESS_RETRY_LEFT_SECONDS(GAUGE, "ipn_ingress_retry_left_seconds",
            "time until the gateway gives up the first notification that got this status (`503` or `401`) and is perhaps not stored since, by the gateway's "
            + "own schedule; not a number if there is none, or if nobody knows the schedule", "gateway", "account", "status"),
    INGRESS_UNSTORED(GAUGE, "ipn_ingress_unstored",
            "authentic notifications that this instance could not store and has not stored since, each once however often it came; at most 5,000",
            "gateway", "account"),
    INGRESS_UNSTORED_MONEY(GAUGE, "ipn_ingress_unstored_money",
            "payments that these notifications report, in units of the currency", "gateway", "account", "currency"),
    INGRESS_IN_FLIGHT_BYTES(GAUGE, "ipn_ingress_in_flight_bytes",
            "bytes of all requests in flight; above `ingress.in-flight-bytes-max` the response is 503"),
    INGRESS_CONNECTIONS(GAUGE, "ipn_ingress_connections",
            "open connections"),
    INGRESS_EVENT_LOOP_LAG(TIMER, "ipn_ingress_event_loop_lag_seconds",
            "how late a timer on an event loop fires; more than 0.01 on average means that something blocks an event loop"),
    INGRESS_IN_FLIGHT_BYTES_LIMIT(GAUGE, "ipn_ingress_in_flight_bytes_limit",
            "most bytes of all requests in flight: `ingress.in-flight-bytes-max`"),
    INGRESS_CONNECTIONS_LIMIT(GAUGE, "ipn_ingress_connections_limit",
            "most open connections: `ingress.connections-max`"),
    INGRESS_WAITING(GAUGE, "ipn_ingress_waiting",
            "notifications that wait until Kafka has confirmed them"),
    INGRESS_WAITING_LIMIT(GAUGE, "ipn_ingress_waiting_limit",
            "how many may wait: 16,384, and while a queue stands as many as Kafka stores in the time that it needs for one and 100 ms, "
            + "measured ten times a second, but at least 256; above it the response is 503 (outcome `busy`, `detail` `late`), for clients "
            + "without an authentic delivery in the last hour above three quarters of it"),
    // processor
    PROCESSOR_OUTCOMES(COUNTER, "ipn_processor_outcomes_total",
            "outcomes of raw records; `reason` is empty unless `kind` is `UNPROCESSABLE`", "gateway", "kind", "reason"),
    PROCESSOR_NOTIFICATIONS(COUNTER, "ipn_processor_notifications_total",
            "raw records by event type and kind of outcome. Types that are not known of the gateway, those of records that are not authentic, and those "
            + "beyond the first 32 of an account and 2,000 of all accounts count as `other`; accounts that are not in the settings as `unknown`",
            "gateway", "account", "type", "kind"),
    PROCESSOR_RECEIVED_TO_OUTCOME(PIPELINE_HISTOGRAM, "ipn_processor_received_to_outcome_seconds",
            "from the request of the gateway until the outcome is decided; the transaction that makes it readable ends a moment later"),
    PROCESSOR_REVERIFICATIONS(COUNTER, "ipn_processor_reverifications_total",
            "raw records by the result of the second verification (`processor.reverify`): `VERIFIED`, `FAILED`, `NOT_VERIFIABLE`, "
            + "`NOT_SAMPLED`, `OFF` or `NOT_ATTEMPTED`; an unknown gateway counts as `unknown`", "gateway", "status"),
    PROCESSOR_FACTS_LEFT_OUT(COUNTER, "ipn_processor_facts_left_out_total",
            "facts of an applied notification that are not kept, because their payment has too many of their kinds", "gateway"),
    PROCESSOR_DRIFT(COUNTER, "ipn_processor_drift_total",
            "differences between notifications and the known schema of their gateway, see `ipn gateways drift`; compared are the first "
            + "1,000 notifications of each event type after a start, then one in 16", "gateway", "type", "kind"),
    PROCESSOR_DRIFT_FAILURES(COUNTER, "ipn_processor_drift_failures_total",
            "notifications whose comparison with the known schema failed; their outcome is not affected"),
    PROCESSOR_DEFERRED_MOVED(COUNTER, "ipn_processor_deferred_moved_total",
            "records that waited in `ipn.raw-deferred` and were moved to `ipn.raw`"),
    PROCESSOR_DEFERRED_PASSAGE(TIMER, "ipn_processor_deferred_passage_seconds",
            "from when a batch of such records was stored in `ipn.raw` until it has passed all stages, at most 15 s; none while the "
            + "offsets of the stages cannot be read"),
    PROCESSOR_DEFERRED_WAITING(GAUGE, "ipn_processor_deferred_waiting",
            "records that wait in the partitions of `ipn.raw-deferred` that this process moves"),
    PROCESSOR_OUTAGES(GAUGE, "ipn_processor_outages",
            "causes of failure that have a large share of the newest records of an account (`processor.outage-percent`): a bad release "
            + "or a changed format; the log and `/health/ready` name the cause. None of an account that had no such cause since the start; "
            + "accounts that are not in the settings are `unknown`", "gateway", "account"),
    PROCESSOR_SILENT(GAUGE, "ipn_processor_silent",
            "1 while no notification of this event type has come for longer than is usual at that time, else 0; type `all` has all notifications of the "
            + "account. None before it was learned for a week. Shown by the one process that watches ([runbook](runbooks/gateway-silent.md))",
            "gateway", "account", "type"),
    PROCESSOR_SILENCE_SECONDS(GAUGE, "ipn_processor_silence_seconds",
            "time since the newest notification of this event type", "gateway", "account", "type"),
    PROCESSOR_SILENCE_LIMIT_SECONDS(GAUGE, "ipn_processor_silence_limit_seconds",
            "the longest silence that is usual since then", "gateway", "account", "type"),
    PROCESSOR_SILENCE_MISSING(GAUGE, "ipn_processor_silence_missing",
            "notifications that usually come in the time since then", "gateway", "account", "type"),
    PROCESSOR_SILENCE_READ_SECONDS(GAUGE, "ipn_processor_silence_read_seconds",
            "up to when the process that watches has read `ipn.raw`, in seconds since 1970; 0 in the others"),
    // projector
    PROJECTOR_DEAD_LETTERS(COUNTER, "ipn_projector_dead_letters_total",
            "dead letters emitted, those of raw records included; a record that fails again after a replay counts again", "reason"),
    PROJECTOR_DISCREPANCIES(COUNTER, "ipn_projector_discrepancies_total",
            "discrepancies that were opened (`OPEN`) or closed (`CLOSED`), by kind; one that changes while it is open counts again. "
            + "Accounts in mode shadow do not count", "kind", "state"),
    PROJECTOR_ENTITLEMENT_EVENTS(COUNTER, "ipn_projector_entitlement_events_total",
            "changes of access emitted, by type: `GRANTED`, `REVOKED`, ...", "type"),
    PROJECTOR_RECEIVED_TO_ENTITLEMENT(PIPELINE_HISTOGRAM, "ipn_projector_received_to_entitlement_seconds",
            "from the storage of the notification, order or decision that caused a change of access until its event is emitted; changes "
            + "by time do not count"),
    PROJECTOR_BRAKE_ENGAGED(GAUGE, "ipn_projector_brake_engaged",
            "partitions of this process whose brake withholds revocations"),
    PROJECTOR_BRAKE_WITHHELD(GAUGE, "ipn_projector_brake_withheld",
            "revocations withheld in the partitions of this process"),
    PROJECTOR_APPLY_WAITING(GAUGE, "ipn_projector_apply_waiting",
            "partitions whose payments or orders are being matched again by settings that a person applied; payments and orders count "
            + "apart"),
    PROJECTOR_APPLY_EXAMINED(COUNTER, "ipn_projector_apply_examined_total",
            "payments and orders matched again by settings that a person applied"),
    PROJECTOR_CLOCK_FAILED(COUNTER, "ipn_projector_clock_failed_total",
            "updates by the clock on which a rule failed: a bug of ours; each is tried again after an hour, those of a brake command "
            + "with the next tick"),
    PROJECTOR_DECISIONS(COUNTER, "ipn_projector_decisions_total",
            "decisions of people that were received, without repetitions: `ACCEPT`, `ASSIGN`, `DISMISS`, `UNDO`, ...", "kind"),
    PROJECTOR_DUE(COUNTER, "ipn_projector_due_total",
            "entitlements that were due for an update by time, such as an expiry, and were updated"),
    PROJECTOR_DUE_MOST(GAUGE, "ipn_projector_due_most",
            "most entitlements updated by one clock tick since the start"),
    PROJECTOR_DUE_WAITING(GAUGE, "ipn_projector_due_waiting",
            "partitions of this process that had more due entitlements than one clock tick may update"),
    PROJECTOR_LEFT_OUT(COUNTER, "ipn_projector_left_out_total",
            "claims (`claim`) of an entitlement, flagged claims (`flag`) of a subject whom they block, payments (`payer`) of an order "
            + "or an invoice, or keys that a payment pays (`link`), beyond the bound: those that prove the least money were left out", "what"),
    PROJECTOR_SETTINGS_OLDER(GAUGE, "ipn_projector_settings_older",
            "1 if products and policy in the settings of this process are an older version than the one in force, by which it judges; "
            + "else 0"),
    // canary
    CANARY_NOTIFICATIONS(COUNTER, "ipn_canary_notifications_total",
            "notifications of `ipn canary` by result: `entitled`, `lost` (acknowledged, and no entitlement changed in time) or `refused` (not "
            + "acknowledged)", "result"),
    CANARY_ACKNOWLEDGED(REQUEST_HISTOGRAM, "ipn_canary_acknowledged_seconds",
            "from the request of `ipn canary` to its acknowledgement"),
    CANARY_ENTITLED(PIPELINE_HISTOGRAM, "ipn_canary_entitlement_seconds",
            "from the request of `ipn canary` until the entitlement that it changes can be read"),
    CANARY_LAST_SECONDS(GAUGE, "ipn_canary_last_success_seconds",
            "when the newest notification of `ipn canary` had changed its entitlement, in seconds since 1970; before the first one, its start"),
    // access
    ACCESS_ANSWERS(COUNTER, "ipn_access_answers_total",
            "answers to the question whether a subject may use an entitlement, by status; `UNKNOWN`: the data was not loaded, or older than "
            + "the caller accepts", "status"),
    ACCESS_DATA_AGE_SECONDS(GAUGE, "ipn_access_data_age_seconds",
            "time since the cache was last known to have every committed record; grows while Kafka is away. Not a number until everything "
            + "was loaded once"),
    ACCESS_ENTRIES(GAUGE, "ipn_access_entries",
            "entitlements of subjects in the cache"),
    ACCESS_BYTES(GAUGE, "ipn_access_bytes",
            "memory of these entries"),
    ACCESS_ORDERS(COUNTER, "ipn_access_orders_total",
            "orders over HTTP that keep all rules, by outcome: `created`, `unchanged`, `other_content` and `key_used` (409), `loading`, `busy` and "
            + "`unconfirmed` (503)", "outcome"),
    ACCESS_ORDERS_REMEMBERED(GAUGE, "ipn_access_orders_remembered",
            "orders that this process compares new ones with, at most `access.orders.remembered`"),
    // query
    QUERY_AGE_SECONDS(GAUGE, "ipn_query_age_seconds",
            "how old answers are: since the time before which everything that was committed to the topics is in the tables; nothing "
            + "while they are built for the first time"),
    QUERY_RECORDS(COUNTER, "ipn_query_records_total",
            "records that this process has read into the tables; one process at a time reads"),
    QUERY_UNREADABLE(COUNTER, "ipn_query_unreadable_records_total",
            "records that could not be read or written; they are noted in the table `unreadable_records`"),
    QUERY_REQUEST_DURATION(REQUEST_HISTOGRAM, "ipn_query_request_duration_seconds",
            "from the head of a question to its response, by the path of the question without its id, and by HTTP status", "route", "status"),
    DEAD_LETTERS_OPEN(GAUGE, "ipn_dead_letters_open",
            "dead letters that nobody has replayed or discarded; from the tables of the query stage, read every 30 s", "reason"),
    DEAD_LETTERS_OPEN_OLDEST_SECONDS(GAUGE, "ipn_dead_letters_open_oldest_seconds",
            "since when the oldest of them has failed; 0 if there is none any more", "reason"),
    DEAD_LETTERS_OPEN_AMOUNT(GAUGE, "ipn_dead_letters_open_amount",
            "money of their live payments, captured or else authorized, in minor units of the currency; payments of which nothing else is known do not count",
            "reason", "currency"),
    DISCREPANCIES_OPEN(GAUGE, "ipn_discrepancies_open",
            "discrepancies that are open; from the tables of the query stage, read every 30 s", "kind"),
    DISCREPANCIES_OPEN_OLDEST_SECONDS(GAUGE, "ipn_discrepancies_open_oldest_seconds",
            "since when the oldest of them is open, or has last changed; 0 if there is none any more", "kind"),
    DISCREPANCIES_OPEN_AMOUNT(GAUGE, "ipn_discrepancies_open_amount",
            "money of their live payments, captured or else authorized, in minor units of the currency", "kind", "currency"),
    ENTITLEMENTS(GAUGE, "ipn_entitlements",
            "entitlements of users by product and status, those that have ended included, those of test money not; from the tables of the query stage, counted "
            + "every minute, or less often if that takes long. Products that are not in the settings, and those beyond the first 100, count as `other`", "product", "status"),
    CONSERVATION_CHECKED_SECONDS(GAUGE, "ipn_conservation_checked_seconds",
            "up to when each raw record was checked to have exactly one outcome, and a dead letter if it is unprocessable, or was skipped, in seconds since "
            + "1970; absent with `query.conservation-per-second: 0`"),
    CONSERVATION_FINDINGS(COUNTER, "ipn_conservation_findings_total",
            "records of which this is not so, by kind: `MISSING_OUTCOME`, `DOUBLE_OUTCOME`, ... ([runbook](runbooks/conservation.md))", "kind"),
    CONSERVATION_RECORDS(COUNTER, "ipn_conservation_records_total",
            "raw records that were checked"),
    CONSERVATION_SKIPPED(COUNTER, "ipn_conservation_skipped_total",
            "raw records that were not checked, because more come than `query.conservation-per-second`, or because retention deleted them first; transaction "
            + "markers among them count too"),
    // Kafka clients and Kafka Streams, summed up over all clients of a stage
    KAFKA_CONSUMED_RECORDS(GAUGE, "ipn_kafka_consumed_records",
            "records consumed per second", "stage"),
    KAFKA_FETCH_LATENCY_SECONDS(GAUGE, "ipn_kafka_fetch_latency_seconds",
            "mean latency of fetches, of the slowest consumer", "stage"),
    KAFKA_REBALANCES(GAUGE, "ipn_kafka_rebalances",
            "rebalances since the start", "stage"),
    KAFKA_SENT_RECORDS(GAUGE, "ipn_kafka_sent_records",
            "records sent per second", "stage"),
    KAFKA_SEND_ERRORS(GAUGE, "ipn_kafka_send_errors",
            "records per second that could not be sent", "stage"),
    KAFKA_SEND_RETRIES(GAUGE, "ipn_kafka_send_retries",
            "records per second that were sent again", "stage"),
    KAFKA_REQUEST_LATENCY_SECONDS(GAUGE, "ipn_kafka_request_latency_seconds",
            "mean latency of requests, of the slowest producer", "stage"),
    KAFKA_SEND_BUFFER_FREE_BYTES(GAUGE, "ipn_kafka_send_buffer_free_bytes",
            "free bytes in the buffer of the fullest producer; at 0 its callers wait", "stage"),
    STREAMS_THREADS(GAUGE, "ipn_streams_threads",
            "stream threads that live", "stage"),
    STREAMS_COMMITS(GAUGE, "ipn_streams_commits",
            "commits per second", "stage"),
    STREAMS_COMMIT_LATENCY_SECONDS(GAUGE, "ipn_streams_commit_latency_seconds",
            "mean time of a commit, of the slowest thread", "stage"),
    STREAMS_PROCESS_RATIO(GAUGE, "ipn_streams_process_ratio",
            "share of its time that the busiest thread spends in processing records, 0 to 1", "stage"),
    ROCKSDB_KEYS(GAUGE, "ipn_rocksdb_keys",
            "about how many keys all state stores have", "stage"),
    ROCKSDB_FILES_BYTES(GAUGE, "ipn_rocksdb_files_bytes",
            "bytes of the files of all state stores", "stage"),
    ROCKSDB_CACHE_USED_BYTES(GAUGE, "ipn_rocksdb_cache_used_bytes",
            "bytes in use of the cache of blocks, which all state stores share", "stage"),
    ROCKSDB_COMPACTIONS(GAUGE, "ipn_rocksdb_compactions",
            "compactions that run", "stage"),
    // JVM, by the binders of Micrometer
    JVM_MEMORY_USED_BYTES(GAUGE, "jvm_memory_used_bytes",
            "memory in use", "area", "id"),
    JVM_MEMORY_COMMITTED_BYTES(GAUGE, "jvm_memory_committed_bytes",
            "memory that the JVM has from the system", "area", "id"),
    JVM_MEMORY_MAX_BYTES(GAUGE, "jvm_memory_max_bytes",
            "most memory that the JVM may use; -1: no limit", "area", "id"),
    JVM_BUFFER_MEMORY_USED_BYTES(GAUGE, "jvm_buffer_memory_used_bytes",
            "memory of buffers outside of the heap", "id"),
    JVM_GC_PAUSE(TIMER, "jvm_gc_pause_seconds",
            "pauses of the garbage collector", "gc", "action", "cause"),
    JVM_GC_MEMORY_ALLOCATED_BYTES(COUNTER, "jvm_gc_memory_allocated_bytes_total",
            "bytes allocated on the heap"),
    JVM_GC_LIVE_DATA_SIZE_BYTES(GAUGE, "jvm_gc_live_data_size_bytes",
            "heap that was in use after the newest full collection"),
    JVM_THREADS_LIVE_THREADS(GAUGE, "jvm_threads_live_threads",
            "threads"),
    JVM_THREADS_STATES_THREADS(GAUGE, "jvm_threads_states_threads",
            "threads by state", "state"),
    PROCESS_CPU_USAGE(GAUGE, "process_cpu_usage",
            "share of all processors that this process uses, 0 to 1"),
    SYSTEM_CPU_USAGE(GAUGE, "system_cpu_usage",
            "share of all processors in use, 0 to 1"),
    SYSTEM_CPU_COUNT(GAUGE, "system_cpu_count",
            "processors that the JVM may use"),
    PROCESS_UPTIME_SECONDS(GAUGE, "process_uptime_seconds",
            "time since the start"),
    PROCESS_FILES_OPEN_FILES(GAUGE, "process_files_open_files",
            "open files and connections"),
    PROCESS_FILES_MAX_FILES(GAUGE, "process_files_max_files",
            "most files and connections that may be open");
    // spotless:on

    private final MetricType type;
    private final String series;
    private final String help;
    private final List<String> labels;

    Metric(MetricType type, String series, String help, String... labels) {
        this.type = type;
        this.series = series;
        this.help = help;
        this.labels = List.of(labels);
    }

    /** What kind of series it has. */
    public MetricType type() {
        return type;
    }

    /** Its name as Prometheus reads it. */
    public String series() {
        return series;
    }

    /** What it means, in Markdown. */
    public String help() {
        return help;
    }

    /** Names of its labels. */
    public List<String> labels() {
        return labels;
    }

    /** The counter with these values of the labels, in their order. */
    public Counter counter(MeterRegistry meters, String... values) {
        expect(type == COUNTER);
        return Counter.builder(meter()).description(text()).tags(tags(values)).register(meters);
    }

    /** The timer with these values of the labels, in their order. */
    public Timer timer(MeterRegistry meters, String... values) {
        expect(type.isTimer());
        return Timer.builder(meter())
                .description(text())
                .tags(tags(values))
                .serviceLevelObjectives(type.buckets().toArray(Duration[]::new))
                .register(meters);
    }

    /**
     * Shows a number of an object; an object of before with the same labels is not shown any more.
     *
     * @param values of the labels, in their order
     */
    public <T> void gauge(MeterRegistry meters, T object, ToDoubleFunction<T> number, String... values) {
        expect(type == GAUGE);
        var tags = tags(values);
        Optional.ofNullable(meters.find(meter()).tags(tags).gauge()).ifPresent(meters::remove);
        Gauge.builder(meter(), object, number)
                .description(text())
                .tags(tags)
                .strongReference(true)
                .register(meters);
    }

    /** Its name as Micrometer knows it, which adds the suffix of the type. */
    private String meter() {
        var name = type == COUNTER ? series.replaceFirst("_total$", "") : series;
        return (type.isTimer() ? name.replaceFirst("_seconds$", "") : name).replace('_', '.');
    }

    private String text() {
        return help.replace("`", "");
    }

    private Tags tags(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(
                    "values: %d (expected: one for each label of %s)".formatted(values.length, series));
        }
        var tags = Tags.empty();
        for (var i = 0; i < values.length; i++) {
            tags = tags.and(labels.get(i), values[i]);
        }
        return tags;
    }

    private void expect(boolean typeFits) {
        if (!typeFits) {
            throw new IllegalStateException(
                    "%s: a %s (expected: the type it is used as)".formatted(series, type.text()));
        }
    }
}

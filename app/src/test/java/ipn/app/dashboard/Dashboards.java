package ipn.app.dashboard;

import static ipn.app.dashboard.Panel.lines;
import static ipn.app.dashboard.Panel.number;
import static ipn.app.dashboard.Panel.table;
import static ipn.app.dashboard.Panel.yesNo;
import static ipn.app.dashboard.Queries.average;
import static ipn.app.dashboard.Queries.grown;
import static ipn.app.dashboard.Queries.growth;
import static ipn.app.dashboard.Queries.longest;
import static ipn.app.dashboard.Queries.max;
import static ipn.app.dashboard.Queries.quantile;
import static ipn.app.dashboard.Queries.rate;
import static ipn.app.dashboard.Queries.running;
import static ipn.app.dashboard.Queries.share;
import static ipn.app.dashboard.Queries.sum;
import static ipn.runtime.metrics.Metric.ACCESS_ANSWERS;
import static ipn.runtime.metrics.Metric.ACCESS_BYTES;
import static ipn.runtime.metrics.Metric.ACCESS_DATA_AGE_SECONDS;
import static ipn.runtime.metrics.Metric.ACCESS_ENTRIES;
import static ipn.runtime.metrics.Metric.ACCESS_ORDERS;
import static ipn.runtime.metrics.Metric.ACCESS_ORDERS_REMEMBERED;
import static ipn.runtime.metrics.Metric.CANARY_ACKNOWLEDGED;
import static ipn.runtime.metrics.Metric.CANARY_ENTITLED;
import static ipn.runtime.metrics.Metric.CANARY_LAST_SECONDS;
import static ipn.runtime.metrics.Metric.CANARY_NOTIFICATIONS;
import static ipn.runtime.metrics.Metric.CERTIFICATE_LEFT_SECONDS;
import static ipn.runtime.metrics.Metric.CONSERVATION_CHECKED_SECONDS;
import static ipn.runtime.metrics.Metric.CONSERVATION_FINDINGS;
import static ipn.runtime.metrics.Metric.CONSERVATION_RECORDS;
import static ipn.runtime.metrics.Metric.CONSERVATION_SKIPPED;
import static ipn.runtime.metrics.Metric.DEAD_LETTERS_OPEN;
import static ipn.runtime.metrics.Metric.DEAD_LETTERS_OPEN_AMOUNT;
import static ipn.runtime.metrics.Metric.DEAD_LETTERS_OPEN_OLDEST_SECONDS;
import static ipn.runtime.metrics.Metric.DISCREPANCIES_OPEN;
import static ipn.runtime.metrics.Metric.DISCREPANCIES_OPEN_AMOUNT;
import static ipn.runtime.metrics.Metric.DISCREPANCIES_OPEN_OLDEST_SECONDS;
import static ipn.runtime.metrics.Metric.ENTITLEMENTS;
import static ipn.runtime.metrics.Metric.INGRESS_CONNECTIONS;
import static ipn.runtime.metrics.Metric.INGRESS_CONNECTIONS_LIMIT;
import static ipn.runtime.metrics.Metric.INGRESS_DEFERRED;
import static ipn.runtime.metrics.Metric.INGRESS_EVENT_LOOP_LAG;
import static ipn.runtime.metrics.Metric.INGRESS_IN_FLIGHT_BYTES;
import static ipn.runtime.metrics.Metric.INGRESS_IN_FLIGHT_BYTES_LIMIT;
import static ipn.runtime.metrics.Metric.INGRESS_LAST_STORED_SECONDS;
import static ipn.runtime.metrics.Metric.INGRESS_PUBLISH_DURATION;
import static ipn.runtime.metrics.Metric.INGRESS_READY;
import static ipn.runtime.metrics.Metric.INGRESS_REJECTED;
import static ipn.runtime.metrics.Metric.INGRESS_REQUESTS;
import static ipn.runtime.metrics.Metric.INGRESS_REQUEST_DURATION;
import static ipn.runtime.metrics.Metric.INGRESS_RETRY_LEFT_SECONDS;
import static ipn.runtime.metrics.Metric.INGRESS_UNSTORED;
import static ipn.runtime.metrics.Metric.INGRESS_UNSTORED_MONEY;
import static ipn.runtime.metrics.Metric.INGRESS_WAITING;
import static ipn.runtime.metrics.Metric.INGRESS_WAITING_LIMIT;
import static ipn.runtime.metrics.Metric.JVM_GC_PAUSE;
import static ipn.runtime.metrics.Metric.JVM_MEMORY_COMMITTED_BYTES;
import static ipn.runtime.metrics.Metric.JVM_MEMORY_USED_BYTES;
import static ipn.runtime.metrics.Metric.JVM_THREADS_LIVE_THREADS;
import static ipn.runtime.metrics.Metric.KAFKA_CONSUMED_RECORDS;
import static ipn.runtime.metrics.Metric.KAFKA_FETCH_LATENCY_SECONDS;
import static ipn.runtime.metrics.Metric.KAFKA_REBALANCES;
import static ipn.runtime.metrics.Metric.KAFKA_REQUEST_LATENCY_SECONDS;
import static ipn.runtime.metrics.Metric.KAFKA_SEND_BUFFER_FREE_BYTES;
import static ipn.runtime.metrics.Metric.KAFKA_SEND_ERRORS;
import static ipn.runtime.metrics.Metric.KAFKA_SEND_RETRIES;
import static ipn.runtime.metrics.Metric.KAFKA_SENT_RECORDS;
import static ipn.runtime.metrics.Metric.PROCESSOR_DEFERRED_MOVED;
import static ipn.runtime.metrics.Metric.PROCESSOR_DEFERRED_PASSAGE;
import static ipn.runtime.metrics.Metric.PROCESSOR_DEFERRED_WAITING;
import static ipn.runtime.metrics.Metric.PROCESSOR_DRIFT;
import static ipn.runtime.metrics.Metric.PROCESSOR_NOTIFICATIONS;
import static ipn.runtime.metrics.Metric.PROCESSOR_OUTAGES;
import static ipn.runtime.metrics.Metric.PROCESSOR_OUTCOMES;
import static ipn.runtime.metrics.Metric.PROCESSOR_RECEIVED_TO_OUTCOME;
import static ipn.runtime.metrics.Metric.PROCESSOR_REVERIFICATIONS;
import static ipn.runtime.metrics.Metric.PROCESSOR_SILENCE_LIMIT_SECONDS;
import static ipn.runtime.metrics.Metric.PROCESSOR_SILENCE_MISSING;
import static ipn.runtime.metrics.Metric.PROCESSOR_SILENCE_READ_SECONDS;
import static ipn.runtime.metrics.Metric.PROCESSOR_SILENCE_SECONDS;
import static ipn.runtime.metrics.Metric.PROCESSOR_SILENT;
import static ipn.runtime.metrics.Metric.PROCESS_CPU_USAGE;
import static ipn.runtime.metrics.Metric.PROCESS_FILES_MAX_FILES;
import static ipn.runtime.metrics.Metric.PROCESS_FILES_OPEN_FILES;
import static ipn.runtime.metrics.Metric.PROCESS_UPTIME_SECONDS;
import static ipn.runtime.metrics.Metric.PROJECTOR_APPLY_EXAMINED;
import static ipn.runtime.metrics.Metric.PROJECTOR_BRAKE_ENGAGED;
import static ipn.runtime.metrics.Metric.PROJECTOR_BRAKE_WITHHELD;
import static ipn.runtime.metrics.Metric.PROJECTOR_CLOCK_FAILED;
import static ipn.runtime.metrics.Metric.PROJECTOR_DEAD_LETTERS;
import static ipn.runtime.metrics.Metric.PROJECTOR_DECISIONS;
import static ipn.runtime.metrics.Metric.PROJECTOR_DISCREPANCIES;
import static ipn.runtime.metrics.Metric.PROJECTOR_DUE;
import static ipn.runtime.metrics.Metric.PROJECTOR_DUE_WAITING;
import static ipn.runtime.metrics.Metric.PROJECTOR_ENTITLEMENT_EVENTS;
import static ipn.runtime.metrics.Metric.PROJECTOR_LEFT_OUT;
import static ipn.runtime.metrics.Metric.PROJECTOR_RECEIVED_TO_ENTITLEMENT;
import static ipn.runtime.metrics.Metric.PROJECTOR_SETTINGS_OLDER;
import static ipn.runtime.metrics.Metric.QUERY_AGE_SECONDS;
import static ipn.runtime.metrics.Metric.QUERY_RECORDS;
import static ipn.runtime.metrics.Metric.QUERY_REQUEST_DURATION;
import static ipn.runtime.metrics.Metric.QUERY_UNREADABLE;
import static ipn.runtime.metrics.Metric.ROCKSDB_CACHE_USED_BYTES;
import static ipn.runtime.metrics.Metric.ROCKSDB_COMPACTIONS;
import static ipn.runtime.metrics.Metric.ROCKSDB_FILES_BYTES;
import static ipn.runtime.metrics.Metric.ROCKSDB_KEYS;
import static ipn.runtime.metrics.Metric.SECRET_LEFT_SECONDS;
import static ipn.runtime.metrics.Metric.SETTINGS_PROBLEMS;
import static ipn.runtime.metrics.Metric.SETTINGS_RESTART_NEEDED;
import static ipn.runtime.metrics.Metric.STAGE_LAG_RECORDS;
import static ipn.runtime.metrics.Metric.STAGE_OLDEST_UNPROCESSED_SECONDS;
import static ipn.runtime.metrics.Metric.STAGE_REPLACEMENTS;
import static ipn.runtime.metrics.Metric.STAGE_RUNNING;
import static ipn.runtime.metrics.Metric.STAGE_STALLED;
import static ipn.runtime.metrics.Metric.STAGE_THREAD_FAILURES;
import static ipn.runtime.metrics.Metric.STREAMS_COMMITS;
import static ipn.runtime.metrics.Metric.STREAMS_COMMIT_LATENCY_SECONDS;
import static ipn.runtime.metrics.Metric.STREAMS_PROCESS_RATIO;
import static ipn.runtime.metrics.Metric.STREAMS_THREADS;
import static ipn.runtime.metrics.Metric.SYSTEM_CPU_USAGE;

import ipn.app.dashboard.Panel.Query;
import ipn.runtime.metrics.Metric;
import java.util.List;
import java.util.Map;

/** The dashboards, each panel with its queries. */
final class Dashboards {
    private static final String CHOSEN = "gateway=~\"$gateway\"";
    private static final String UNAVAILABLE = "outcome=~\"busy|undecided|unpublished|overdue|failed\"";

    private Dashboards() {}

    static List<Dashboard> all() {
        return List.of(overview(), gateway(), pipeline(), money(), kafkaAndJvm());
    }

    // spotless:off
    /** Is it well, and whom does it hurt? */
    private static Dashboard overview() {
        return new Dashboard("ipn-overview", "Overview", Map.of(), List.of(
                number("Alerts that fire", "none", 1, new Query("count(ALERTS{alertname=~\"Ipn.*\",alertstate=\"firing\"}) or vector(0)", "alerts")),
                yesNo("Ingress can store", new Query("max(" + INGRESS_READY.series() + " or vector(0))", "ingress")),
                yesNo("Stages run", running("max")),
                number("Oldest record that waits", "s", 120, new Query("max by (stage) (" + STAGE_OLDEST_UNPROCESSED_SECONDS.series() + ") and on () count(count by (stage) (" + STAGE_RUNNING.series() + ")) == 2", "{{stage}}")).ifNone("unknown: a stage does not answer"),
                number("Payment to access, p99 in 5 min", "s", 5, new Query("histogram_quantile(0.99, sum by (le) (rate(" + PROJECTOR_RECEIVED_TO_ENTITLEMENT.series() + "_bucket[5m]))) >= 0", "p99")).ifNone("no access changed"),
                number("Since the canary last got access", "s", 60, new Query("time() - max(" + CANARY_LAST_SECONDS.series() + ")", "canary")).ifNone("no canary runs"),
                number("Refused as not authentic (401), 10 min", "none", 20, grown(INGRESS_REJECTED, "", "10m")),
                number("Not stored (503), 10 min", "none", 1, grown(INGRESS_REQUESTS, UNAVAILABLE, "10m")),
                number("Accounts and types fallen silent", "none", 1, sum(PROCESSOR_SILENT, "")).ifNone("not learned yet"),
                number("Dead letters in a day", "none", 1, grown(PROJECTOR_DEAD_LETTERS, "", "1d")),
                number("Open discrepancies", "none", 1, new Query("sum(max by (kind) (" + DISCREPANCIES_OPEN.series() + "))", "open")).ifNone("none"),
                number("Revocations held by the brake", "none", 1, sum(PROJECTOR_BRAKE_WITHHELD, "")).ifNone("unknown: no projector"),
                table("Alerts that fire, for how long, and the runbook to open", "s", AlertTable.query()).ifNone("no alert fires"),
                lines("Accepted per second", "reqps", rate(INGRESS_REQUESTS, "gateway", "outcome=\"acknowledged\"").above0()).ifNone("nothing comes, or nothing is accepted"),
                lines("Refused as not authentic (401), per second", "reqps", rate(INGRESS_REJECTED, "gateway, account").above0()).ifNone("none refused"),
                lines("Not stored (503), per second", "reqps", rate(INGRESS_REQUESTS, "gateway, account", UNAVAILABLE).above0()).ifNone("all stored"),
                lines("From payment to access", "s", quantile(PROJECTOR_RECEIVED_TO_ENTITLEMENT, 0.5, ""), quantile(PROJECTOR_RECEIVED_TO_ENTITLEMENT, 0.99, "")).ifNone("no access changed"),
                lines("Changes of access per second", "none", rate(PROJECTOR_ENTITLEMENT_EVENTS, "type").above0()).ifNone("no access changed"),
                lines("Dead letters in 15 minutes, by reason", "none", growth(PROJECTOR_DEAD_LETTERS, "reason", "15m").above0()).ifNone("none"),
                lines("Records that wait", "none", new Query("sum by (stage) (max by (stage, topic) (" + STAGE_LAG_RECORDS.series() + "))", "{{stage}}")).ifNone("unknown: no stage answers"),
                lines("Canary, p99: until acknowledged, until access", "s", quantile(CANARY_ACKNOWLEDGED, 0.99, "").named("acknowledged"), quantile(CANARY_ENTITLED, 0.99, "").named("access")).ifNone("no canary runs"),
                lines("Canary by result, per second", "none", rate(CANARY_NOTIFICATIONS, "result")).ifNone("no canary runs")));
    }

    private static Dashboard gateway() {
        return new Dashboard("ipn-gateway", "Gateway", Map.of("gateway", INGRESS_REQUESTS.series()), List.of(
                lines("Requests per second, by outcome", "reqps", rate(INGRESS_REQUESTS, "gateway, account, outcome", CHOSEN).above0()).ifNone("no request"),
                lines("Refused as not authentic (401) by reason, per second", "reqps", rate(INGRESS_REJECTED, "gateway, account, reason", CHOSEN).above0()).ifNone("none refused"),
                lines("Time until the gateway gives up what is refused", "s", new Query("min by (gateway, account, status) (" + INGRESS_RETRY_LEFT_SECONDS.series() + "{" + CHOSEN + "} > -Inf)", "{{gateway}}/{{account}} {{status}}")).ifNone("nothing refused that a gateway sends again"),
                lines("Time since the newest accepted notification", "s", new Query("time() - max by (gateway, account) (" + INGRESS_LAST_STORED_SECONDS.series() + "{" + CHOSEN + "} > 0)", "{{gateway}}/{{account}}")).ifNone("none since the start"),
                lines("Authentic notifications not stored yet", "none", sum(INGRESS_UNSTORED, "gateway, account").above0()).ifNone("none known; what was refused before it was verified is not counted"),
                lines("Payments that are not stored yet, in units of the currency (not cents)", "none", sum(INGRESS_UNSTORED_MONEY, "gateway, account, currency").above0()).ifNone("none"),
                lines("Dead letters by reason, per second", "none", rate(PROCESSOR_OUTCOMES, "gateway, reason", CHOSEN + ",kind=\"UNPROCESSABLE\"").above0()).ifNone("none"),
                lines("Outcomes per second", "none", rate(PROCESSOR_OUTCOMES, "gateway, kind", CHOSEN).above0()).ifNone("nothing processed"),
                lines("Notifications by event type, per second", "none", rate(PROCESSOR_NOTIFICATIONS, "gateway, account, type", CHOSEN).above0()).ifNone("nothing processed"),
                lines("Dead letters by event type, per second", "none", rate(PROCESSOR_NOTIFICATIONS, "gateway, account, type", CHOSEN + ",kind=\"UNPROCESSABLE\"").above0()).ifNone("none"),
                lines("Causes by which a large share of an account fails", "none", sum(PROCESSOR_OUTAGES, "gateway, account")).ifNone("unknown: no processor"),
                lines("Silence, as a share of the longest usual one", "percentunit", new Query("max by (gateway, account, type) (" + PROCESSOR_SILENCE_SECONDS.series() + "{" + CHOSEN + "} / " + PROCESSOR_SILENCE_LIMIT_SECONDS.series() + "{" + CHOSEN + "})", "{{gateway}}/{{account}} {{type}}")).ifNone("not learned yet: takes a week of traffic"),
                lines("Notifications missing of silent accounts and types", "none", new Query("max by (gateway, account, type) (" + PROCESSOR_SILENCE_MISSING.series() + "{" + CHOSEN + "} and " + PROCESSOR_SILENT.series() + "{" + CHOSEN + "} == 1)", "{{gateway}}/{{account}} {{type}}")).ifNone("none is silent"),
                lines("Time since silences were judged", "s", new Query("time() - max(" + PROCESSOR_SILENCE_READ_SECONDS.series() + " > 0)", "all")).ifNone("unknown: no processor judges them"),
                lines("Time of a response", "s", quantile(INGRESS_REQUEST_DURATION, 0.5, CHOSEN), quantile(INGRESS_REQUEST_DURATION, 0.99, CHOSEN)).ifNone("no request"),
                lines("Time to store in Kafka", "s", quantile(INGRESS_PUBLISH_DURATION, 0.5, CHOSEN), quantile(INGRESS_PUBLISH_DURATION, 0.99, CHOSEN)).ifNone("nothing stored"),
                lines("Ingress: used share of its limits", "percentunit", share(INGRESS_IN_FLIGHT_BYTES, INGRESS_IN_FLIGHT_BYTES_LIMIT).named("bytes in flight"), share(INGRESS_WAITING, INGRESS_WAITING_LIMIT).named("notifications that wait for Kafka"), share(INGRESS_CONNECTIONS, INGRESS_CONNECTIONS_LIMIT).named("connections")).ifNone("unknown: no ingress"),
                lines("Second verification by result, per second", "none", rate(PROCESSOR_REVERIFICATIONS, "status", CHOSEN).above0()).ifNone("nothing processed"),
                lines("Differences from the known format, per second", "none", rate(PROCESSOR_DRIFT, "gateway, type", CHOSEN).above0()).ifNone("none"),
                lines("Event loops of the ingress late by", "s", longest(INGRESS_EVENT_LOOP_LAG), average(INGRESS_EVENT_LOOP_LAG)).ifNone("unknown: no ingress")));
    }

    private static Dashboard pipeline() {
        return new Dashboard("ipn-pipeline", "Pipeline", Map.of(), List.of(
                lines("Instances that run", "none", running("sum")),
                lines("Records that wait", "none", max(STAGE_LAG_RECORDS, "stage, topic")).ifNone("unknown: no stage answers"),
                lines("Oldest record that waits", "s", max(STAGE_OLDEST_UNPROCESSED_SECONDS, "stage")).ifNone("unknown: no stage answers"),
                lines("Outcomes per second", "none", rate(PROCESSOR_OUTCOMES, "kind").above0()).ifNone("nothing processed"),
                lines("From request to outcome", "s", quantile(PROCESSOR_RECEIVED_TO_OUTCOME, 0.5, ""), quantile(PROCESSOR_RECEIVED_TO_OUTCOME, 0.99, "")).ifNone("nothing processed"),
                lines("From payment to access", "s", quantile(PROJECTOR_RECEIVED_TO_ENTITLEMENT, 0.5, ""), quantile(PROJECTOR_RECEIVED_TO_ENTITLEMENT, 0.99, "")).ifNone("no access changed"),
                lines("Instances without progress", "none", sum(STAGE_STALLED, "stage").above0()).ifNone("none of those that run"),
                lines("Failed threads in 15 minutes", "none", growth(STAGE_THREAD_FAILURES, "stage", "15m").above0()).ifNone("none"),
                lines("Replaced Kafka clients in 15 minutes", "none", growth(STAGE_REPLACEMENTS, "stage, reason", "15m").above0()).ifNone("none"),
                lines("Busiest thread, share of its time", "percentunit", max(STREAMS_PROCESS_RATIO, "stage")),
                lines("Time of a commit", "s", max(STREAMS_COMMIT_LATENCY_SECONDS, "stage")),
                lines("Problems of settings", "none", max(SETTINGS_PROBLEMS, "stage").above0().named("problems"), max(SETTINGS_RESTART_NEEDED, "stage").above0().named("restart needed"), max(PROJECTOR_SETTINGS_OLDER, "").above0().named("projector with older settings")).ifNone("none"),
                lines("Refunds that wait for purchases", "none", sum(PROCESSOR_DEFERRED_WAITING, "")),
                lines("Refunds stored to wait, and moved on, per second", "none", rate(INGRESS_DEFERRED, "gateway").above0().named("stored"), rate(PROCESSOR_DEFERRED_MOVED, "").above0().named("moved on")).ifNone("none"),
                lines("Longest way of a batch of such refunds", "s", longest(PROCESSOR_DEFERRED_PASSAGE)).ifNone("none"),
                lines("Access changed by time (expiry and the like), per second", "none", rate(PROJECTOR_DUE, "")),
                lines("Partitions with more due than one tick changes", "none", sum(PROJECTOR_DUE_WAITING, "")),
                lines("Certificates and secrets end in", "s", max(CERTIFICATE_LEFT_SECONDS, "stage, key"), max(SECRET_LEFT_SECONDS, "stage, key")).ifNone("no end is known"),
                lines("Query: time of an answer", "s", quantile(QUERY_REQUEST_DURATION, 0.5, ""), quantile(QUERY_REQUEST_DURATION, 0.99, "")).ifNone("no question"),
                lines("Query: age of its answers", "s", max(QUERY_AGE_SECONDS, "")).ifNone("no query stage, or its tables are being built"),
                lines("Query: records into its tables, per second", "none", rate(QUERY_RECORDS, "").named("read"), rate(QUERY_UNREADABLE, "").named("unreadable")).ifNone("no query stage"),
                lines("Access: answers per second, by status", "none", rate(ACCESS_ANSWERS, "status").above0()).ifNone("no question"),
                lines("Access: age of its data", "s", max(ACCESS_DATA_AGE_SECONDS, "")).ifNone("no access stage"),
                lines("Access: entitlements and orders in its cache", "none", max(ACCESS_ENTRIES, "").named("entitlements"), max(ACCESS_ORDERS_REMEMBERED, "").named("orders")).ifNone("no access stage"),
                lines("Access: memory of its cache", "bytes", max(ACCESS_BYTES, "")).ifNone("no access stage"),
                lines("Access: orders over HTTP per second, by outcome", "none", rate(ACCESS_ORDERS, "outcome").above0()).ifNone("no order")));
    }

    private static Dashboard money() {
        return new Dashboard("ipn-money", "Money", Map.of(), List.of(
                lines("Open dead letters", "none", max(DEAD_LETTERS_OPEN, "reason").above0()).ifNone("none that the stage query knows"),
                lines("Age of the oldest open dead letter", "s", max(DEAD_LETTERS_OPEN_OLDEST_SECONDS, "reason").above0()).ifNone("none that the stage query knows"),
                lines("Money of open dead letters, in minor units of the currency (cents)", "none", max(DEAD_LETTERS_OPEN_AMOUNT, "reason, currency").above0()).ifNone("none that the stage query knows"),
                lines("Open discrepancies", "none", max(DISCREPANCIES_OPEN, "kind").above0()).ifNone("none"),
                lines("Age of the oldest open discrepancy", "s", max(DISCREPANCIES_OPEN_OLDEST_SECONDS, "kind").above0()).ifNone("none"),
                lines("Money of open discrepancies, in minor units of the currency (cents)", "none", max(DISCREPANCIES_OPEN_AMOUNT, "kind, currency").above0()).ifNone("no amount known"),
                lines("Revocations held by the brake", "none", sum(PROJECTOR_BRAKE_WITHHELD, "")).ifNone("unknown: no projector"),
                lines("Partitions whose brake is engaged", "none", sum(PROJECTOR_BRAKE_ENGAGED, "")).ifNone("unknown: no projector"),
                lines("Changes of access in an hour", "none", growth(PROJECTOR_ENTITLEMENT_EVENTS, "type", "1h").above0()).ifNone("none"),
                lines("Dead letters in an hour", "none", growth(PROJECTOR_DEAD_LETTERS, "reason", "1h").above0()).ifNone("none"),
                lines("Discrepancies opened and closed in an hour", "none", growth(PROJECTOR_DISCREPANCIES, "kind, state", "1h").above0()).ifNone("none"),
                lines("Entitlements by product and status", "none", max(ENTITLEMENTS, "product, status").above0()).ifNone("none"),
                lines("Notifications lost or counted twice, in 6 hours", "none", growth(CONSERVATION_FINDINGS, "kind", "6h").above0()).ifNone("none"),
                lines("Checked for losses, notifications per second", "none", rate(CONSERVATION_RECORDS, "")).ifNone("not checked"),
                lines("Skipped by that check in an hour", "none", growth(CONSERVATION_SKIPPED, "", "1h").above0()).ifNone("none"),
                lines("Time since losses were checked", "s", new Query("time() - max(" + CONSERVATION_CHECKED_SECONDS.series() + ")", "all")).ifNone("not checked"),
                lines("Decisions of people in an hour", "none", growth(PROJECTOR_DECISIONS, "kind", "1h").above0()).ifNone("none"),
                lines("Left out because a bound was reached, in an hour", "none", growth(PROJECTOR_LEFT_OUT, "what", "1h").above0()).ifNone("none"),
                lines("Matched again by applied settings, per second", "none", rate(PROJECTOR_APPLY_EXAMINED, "").above0()).ifNone("none"),
                lines("Rules that failed by the clock, in an hour", "none", growth(PROJECTOR_CLOCK_FAILED, "", "1h").above0()).ifNone("none")));
    }

    private static Dashboard kafkaAndJvm() {
        return new Dashboard("ipn-kafka-jvm", "Kafka and JVM", Map.of(), List.of(
                lines("Records consumed per second", "none", of(KAFKA_CONSUMED_RECORDS)),
                lines("Records sent per second", "none", of(KAFKA_SENT_RECORDS)),
                lines("Errors and retries of sending, per second", "none", of(KAFKA_SEND_ERRORS).above0().named("errors"), of(KAFKA_SEND_RETRIES).above0().named("retries")).ifNone("none"),
                lines("Time of a request of a producer", "s", of(KAFKA_REQUEST_LATENCY_SECONDS)),
                lines("Time of a fetch", "s", of(KAFKA_FETCH_LATENCY_SECONDS)),
                lines("Free buffer of producers", "bytes", of(KAFKA_SEND_BUFFER_FREE_BYTES)),
                lines("Rebalances since the start", "none", of(KAFKA_REBALANCES)),
                lines("Stream threads", "none", of(STREAMS_THREADS)),
                lines("Commits per second", "none", of(STREAMS_COMMITS)),
                lines("Keys in state stores", "none", of(ROCKSDB_KEYS)),
                lines("Files and cache of state stores", "bytes", of(ROCKSDB_FILES_BYTES).named("files"), of(ROCKSDB_CACHE_USED_BYTES).named("cache")),
                lines("Compactions of state stores", "none", of(ROCKSDB_COMPACTIONS)),
                lines("Memory", "bytes", sum(JVM_MEMORY_USED_BYTES, "instance, area").named("used"), sum(JVM_MEMORY_COMMITTED_BYTES, "instance, area").named("committed")),
                lines("Pauses of the garbage collector, share of time", "percentunit", new Query("sum by (instance) (rate(" + JVM_GC_PAUSE.series() + "_sum[$__rate_interval]))", "{{instance}}")),
                lines("Threads", "none", sum(JVM_THREADS_LIVE_THREADS, "instance")),
                lines("Processors in use", "percentunit", max(PROCESS_CPU_USAGE, "instance").named("process"), max(SYSTEM_CPU_USAGE, "instance").named("machine of")),
                lines("Open files, share of the limit", "percentunit", new Query("max by (instance) (" + PROCESS_FILES_OPEN_FILES.series() + " / " + PROCESS_FILES_MAX_FILES.series() + ")", "{{instance}}")),
                lines("Time since the start", "s", max(PROCESS_UPTIME_SECONDS, "instance"))));
    }
    // spotless:on

    private static Query of(Metric gauge) {
        return max(gauge, "stage, instance");
    }
}

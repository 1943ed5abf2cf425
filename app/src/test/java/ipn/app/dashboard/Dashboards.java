package ipn.app.dashboard;

import static ipn.app.dashboard.Panel.lines;
import static ipn.app.dashboard.Panel.number;
import static ipn.app.dashboard.Queries.growth;
import static ipn.app.dashboard.Queries.longest;
import static ipn.app.dashboard.Queries.max;
import static ipn.app.dashboard.Queries.quantile;
import static ipn.app.dashboard.Queries.rate;
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
import static ipn.runtime.metrics.Metric.DEAD_LETTERS_OPEN;
import static ipn.runtime.metrics.Metric.DEAD_LETTERS_OPEN_AMOUNT;
import static ipn.runtime.metrics.Metric.DEAD_LETTERS_OPEN_OLDEST_SECONDS;
import static ipn.runtime.metrics.Metric.DISCREPANCIES_OPEN;
import static ipn.runtime.metrics.Metric.DISCREPANCIES_OPEN_AMOUNT;
import static ipn.runtime.metrics.Metric.DISCREPANCIES_OPEN_OLDEST_SECONDS;
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
    private static final double NEVER = Double.NaN;
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
                number("Ingress ready (1: yes)", "none", NEVER, max(INGRESS_READY, "")),
                number("Stages running (1: yes)", "none", NEVER, max(STAGE_RUNNING, "stage")),
                number("Oldest record that waits", "s", 120, max(STAGE_OLDEST_UNPROCESSED_SECONDS, "stage")),
                number("Dead letters in a day", "none", 1, new Query("sum(increase(" + PROJECTOR_DEAD_LETTERS.series() + "[1d]))", "dead letters")),
                number("Revocations withheld", "none", 1, sum(PROJECTOR_BRAKE_WITHHELD, "")),
                number("Canary: since the last that went all the way", "s", 60, new Query("time() - max(" + CANARY_LAST_SECONDS.series() + ")", "seconds")),
                lines("Notifications per second", "reqps", rate(INGRESS_REQUESTS, "gateway", "outcome=\"acknowledged\"")),
                lines("Refused as not authentic, per second", "reqps", rate(INGRESS_REJECTED, "gateway, account")),
                lines("Not stored (503), per second", "reqps", rate(INGRESS_REQUESTS, "gateway, outcome", UNAVAILABLE)),
                lines("Until access changes", "s", quantile(PROJECTOR_RECEIVED_TO_ENTITLEMENT, 0.5, ""), quantile(PROJECTOR_RECEIVED_TO_ENTITLEMENT, 0.99, "")),
                lines("Changes of access per second", "none", rate(PROJECTOR_ENTITLEMENT_EVENTS, "type")),
                lines("Canary: until acknowledged", "s", quantile(CANARY_ACKNOWLEDGED, 0.5, ""), quantile(CANARY_ACKNOWLEDGED, 0.99, "")),
                lines("Canary: until the entitlement", "s", quantile(CANARY_ENTITLED, 0.5, ""), quantile(CANARY_ENTITLED, 0.99, "")),
                lines("Canary by result, per second", "none", rate(CANARY_NOTIFICATIONS, "result")),
                lines("Records that wait", "none", max(STAGE_LAG_RECORDS, "stage, topic"))));
    }

    private static Dashboard gateway() {
        return new Dashboard("ipn-gateway", "Gateway", Map.of("gateway", INGRESS_REQUESTS.series()), List.of(
                lines("Requests per second", "reqps", rate(INGRESS_REQUESTS, "account, outcome", CHOSEN)),
                lines("Since the newest notification", "s", new Query("time() - max by (gateway, account) (" + INGRESS_LAST_STORED_SECONDS.series() + "{" + CHOSEN + "} > 0)", "{{gateway}}/{{account}}")),
                lines("Silent, of the longest that is usual", "percentunit", new Query("max by (gateway, account, type) (" + PROCESSOR_SILENCE_SECONDS.series() + "{" + CHOSEN + "} / " + PROCESSOR_SILENCE_LIMIT_SECONDS.series() + "{" + CHOSEN + "})", "{{gateway}}/{{account}} {{type}}")),
                lines("Missing notifications of silent streams", "none", new Query("max by (gateway, account, type) (" + PROCESSOR_SILENCE_MISSING.series() + "{" + CHOSEN + "} and " + PROCESSOR_SILENT.series() + "{" + CHOSEN + "} == 1)", "{{gateway}}/{{account}} {{type}}")),
                lines("Silences were judged before", "s", new Query("time() - max(" + PROCESSOR_SILENCE_READ_SECONDS.series() + ")", "all")),
                lines("Refused by reason, per second", "reqps", rate(INGRESS_REJECTED, "account, reason", CHOSEN)),
                lines("Until the gateway gives up what was refused", "s", new Query("min by (gateway, account, status) (" + INGRESS_RETRY_LEFT_SECONDS.series() + "{" + CHOSEN + "})", "{{gateway}}/{{account}} {{status}}")),
                lines("Authentic notifications not stored", "none", sum(INGRESS_UNSTORED, "gateway, account")),
                lines("Payments in them", "none", sum(INGRESS_UNSTORED_MONEY, "gateway, account, currency")),
                lines("Response", "s", quantile(INGRESS_REQUEST_DURATION, 0.5, CHOSEN), quantile(INGRESS_REQUEST_DURATION, 0.99, CHOSEN)),
                lines("Storage in Kafka", "s", quantile(INGRESS_PUBLISH_DURATION, 0.5, CHOSEN), quantile(INGRESS_PUBLISH_DURATION, 0.99, CHOSEN)),
                lines("Outcomes per second", "none", rate(PROCESSOR_OUTCOMES, "gateway, kind", CHOSEN)),
                lines("Unprocessable by reason, per second", "none", rate(PROCESSOR_OUTCOMES, "gateway, reason", CHOSEN + ",kind=\"UNPROCESSABLE\"")),
                lines("Second verification, per second", "none", rate(PROCESSOR_REVERIFICATIONS, "status", CHOSEN)),
                lines("Drift, per second", "none", rate(PROCESSOR_DRIFT, "gateway, type", CHOSEN)),
                lines("Bytes in flight", "bytes", sum(INGRESS_IN_FLIGHT_BYTES, ""), sum(INGRESS_IN_FLIGHT_BYTES_LIMIT, "")),
                lines("Notifications that wait for Kafka", "none", sum(INGRESS_WAITING, ""), sum(INGRESS_WAITING_LIMIT, "")),
                lines("Accounts with an outage", "none", sum(PROCESSOR_OUTAGES, "")),
                lines("Connections", "none", sum(INGRESS_CONNECTIONS, ""), sum(INGRESS_CONNECTIONS_LIMIT, "")),
                lines("Event loops late by", "s", longest(INGRESS_EVENT_LOOP_LAG))));
    }

    private static Dashboard pipeline() {
        return new Dashboard("ipn-pipeline", "Pipeline", Map.of(), List.of(
                lines("Records that wait", "none", max(STAGE_LAG_RECORDS, "stage, topic")),
                lines("Oldest record that waits", "s", max(STAGE_OLDEST_UNPROCESSED_SECONDS, "stage")),
                lines("Instances that run", "none", sum(STAGE_RUNNING, "stage")),
                lines("Instances without progress", "none", sum(STAGE_STALLED, "stage")),
                lines("Replaced Kafka clients in 15 minutes", "none", growth(STAGE_REPLACEMENTS, "stage, reason", "15m")),
                lines("Refunds that wait for purchases", "none", sum(PROCESSOR_DEFERRED_WAITING, "")),
                lines("Refunds stored to wait, and moved, per second", "none", rate(INGRESS_DEFERRED, "gateway"), rate(PROCESSOR_DEFERRED_MOVED, "")),
                lines("Longest way of a batch of such refunds", "s", longest(PROCESSOR_DEFERRED_PASSAGE)),
                lines("Outcomes per second", "none", rate(PROCESSOR_OUTCOMES, "kind")),
                lines("Until the outcome", "s", quantile(PROCESSOR_RECEIVED_TO_OUTCOME, 0.5, ""), quantile(PROCESSOR_RECEIVED_TO_OUTCOME, 0.99, "")),
                lines("Until access changes", "s", quantile(PROJECTOR_RECEIVED_TO_ENTITLEMENT, 0.5, ""), quantile(PROJECTOR_RECEIVED_TO_ENTITLEMENT, 0.99, "")),
                lines("Failed threads in 15 minutes", "none", growth(STAGE_THREAD_FAILURES, "stage", "15m")),
                lines("Busiest thread", "percentunit", max(STREAMS_PROCESS_RATIO, "stage")),
                lines("Commit", "s", max(STREAMS_COMMIT_LATENCY_SECONDS, "stage")),
                lines("Updates by time, per second", "none", rate(PROJECTOR_DUE, "")),
                lines("Partitions with more due than a tick updates", "none", sum(PROJECTOR_DUE_WAITING, "")),
                lines("Problems of settings", "none", max(SETTINGS_PROBLEMS, "stage"), max(SETTINGS_RESTART_NEEDED, "stage"), max(PROJECTOR_SETTINGS_OLDER, "")),
                lines("Certificates and secrets end in", "s", max(CERTIFICATE_LEFT_SECONDS, "stage, key"), max(SECRET_LEFT_SECONDS, "stage, key")),
                lines("Questions", "s", quantile(QUERY_REQUEST_DURATION, 0.5, ""), quantile(QUERY_REQUEST_DURATION, 0.99, "")),
                lines("Age of answers", "s", max(QUERY_AGE_SECONDS, "")),
                lines("Records into tables, and unreadable ones, per second", "none", rate(QUERY_RECORDS, ""), rate(QUERY_UNREADABLE, "")),
                lines("Answers about access, per second", "none", rate(ACCESS_ANSWERS, "status")),
                lines("Age of access data", "s", max(ACCESS_DATA_AGE_SECONDS, "")),
                lines("Entitlements in access caches, and orders", "none", max(ACCESS_ENTRIES, ""), max(ACCESS_ORDERS_REMEMBERED, "")),
                lines("Memory of access caches", "bytes", max(ACCESS_BYTES, "")),
                lines("Orders over HTTP, per second", "none", rate(ACCESS_ORDERS, "outcome"))));
    }

    private static Dashboard money() {
        return new Dashboard("ipn-money", "Money", Map.of(), List.of(
                lines("Changes of access per hour", "none", growth(PROJECTOR_ENTITLEMENT_EVENTS, "type", "1h")),
                lines("Discrepancies per hour", "none", growth(PROJECTOR_DISCREPANCIES, "kind, state", "1h")),
                lines("Dead letters per hour", "none", growth(PROJECTOR_DEAD_LETTERS, "reason", "1h")),
                lines("Open dead letters", "none", max(DEAD_LETTERS_OPEN, "reason")),
                lines("Age of the oldest open dead letter", "s", max(DEAD_LETTERS_OPEN_OLDEST_SECONDS, "reason")),
                lines("Money of open dead letters, in minor units", "none", max(DEAD_LETTERS_OPEN_AMOUNT, "reason, currency")),
                lines("Open discrepancies", "none", max(DISCREPANCIES_OPEN, "kind")),
                lines("Age of the oldest open discrepancy", "s", max(DISCREPANCIES_OPEN_OLDEST_SECONDS, "kind")),
                lines("Money of open discrepancies, in minor units", "none", max(DISCREPANCIES_OPEN_AMOUNT, "kind, currency")),
                lines("Partitions with an engaged brake", "none", sum(PROJECTOR_BRAKE_ENGAGED, "")),
                lines("Revocations withheld", "none", sum(PROJECTOR_BRAKE_WITHHELD, "")),
                lines("Decisions of people per hour", "none", growth(PROJECTOR_DECISIONS, "kind", "1h")),
                lines("Left out, beyond a bound, per hour", "none", growth(PROJECTOR_LEFT_OUT, "what", "1h")),
                lines("Matched again by applied settings, per second", "none", rate(PROJECTOR_APPLY_EXAMINED, "")),
                lines("Rules that failed by the clock, per hour", "none", growth(PROJECTOR_CLOCK_FAILED, "", "1h"))));
    }

    private static Dashboard kafkaAndJvm() {
        return new Dashboard("ipn-kafka-jvm", "Kafka and JVM", Map.of(), List.of(
                lines("Records consumed per second", "none", of(KAFKA_CONSUMED_RECORDS)),
                lines("Records sent per second", "none", of(KAFKA_SENT_RECORDS)),
                lines("Errors and retries of sending, per second", "none", of(KAFKA_SEND_ERRORS), of(KAFKA_SEND_RETRIES)),
                lines("Requests of producers", "s", of(KAFKA_REQUEST_LATENCY_SECONDS)),
                lines("Fetches", "s", of(KAFKA_FETCH_LATENCY_SECONDS)),
                lines("Free buffer of producers", "bytes", of(KAFKA_SEND_BUFFER_FREE_BYTES)),
                lines("Rebalances since the start", "none", of(KAFKA_REBALANCES)),
                lines("Stream threads", "none", of(STREAMS_THREADS)),
                lines("Commits per second", "none", of(STREAMS_COMMITS)),
                lines("Keys in state stores", "none", of(ROCKSDB_KEYS)),
                lines("Files of state stores", "bytes", of(ROCKSDB_FILES_BYTES), of(ROCKSDB_CACHE_USED_BYTES)),
                lines("Compactions", "none", of(ROCKSDB_COMPACTIONS)),
                lines("Memory", "bytes", sum(JVM_MEMORY_USED_BYTES, "instance, area"), sum(JVM_MEMORY_COMMITTED_BYTES, "instance, area")),
                lines("Pauses of the collector, share of time", "percentunit", new Query("sum by (instance) (rate(" + JVM_GC_PAUSE.series() + "_sum[$__rate_interval]))", "{{instance}}")),
                lines("Threads", "none", sum(JVM_THREADS_LIVE_THREADS, "instance")),
                lines("CPU", "percentunit", max(PROCESS_CPU_USAGE, "instance"), max(SYSTEM_CPU_USAGE, "instance")),
                lines("Open files", "none", max(PROCESS_FILES_OPEN_FILES, "instance"), max(PROCESS_FILES_MAX_FILES, "instance")),
                lines("Uptime", "s", max(PROCESS_UPTIME_SECONDS, "instance"))));
    }
    // spotless:on

    private static Query of(Metric gauge) {
        return max(gauge, "stage, instance");
    }
}

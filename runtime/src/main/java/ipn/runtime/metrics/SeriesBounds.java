package ipn.runtime.metrics;

import static ipn.runtime.metrics.SeriesBound.eachAccount;
import static ipn.runtime.metrics.SeriesBound.eachGateway;
import static ipn.runtime.metrics.SeriesBound.fixed;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How many series each metric has at most. A metric without labels has one. */
public final class SeriesBounds {
    /** Of a process with all stages. */
    private static final int STAGES = 6;

    private static final int OUTCOME_KINDS = 5;
    private static final int REASONS = 19;
    private static final int FINDING_KINDS = 8;
    private static final int CURRENCIES = 200;
    /** Event types of a gateway that are known, and {@code other}. */
    private static final int TYPES = 100;
    /** Of an account: its 32 types, {@code all} and {@code other}. */
    private static final int SILENCES = 34;

    private static final int NOTIFICATION_TYPES = 2_000;
    /** Of a metric that is read from tables. */
    private static final int TABLES = 500;

    private static final Map<Metric, SeriesBound> BOUNDS = new EnumMap<>(Metric.class);

    static {
        // spotless:off
        every("ipn_stage_", fixed(STAGES));
        every("ipn_settings_", fixed(STAGES));
        every("ipn_kafka_", fixed(STAGES));
        every("ipn_streams_", fixed(STAGES));
        every("ipn_rocksdb_", fixed(STAGES));
        every("ipn_processor_silen", eachAccount(SILENCES));
        every("ipn_dead_letters_", fixed(TABLES));
        every("ipn_discrepancies_", fixed(TABLES));
        one(Metric.STAGE_REPLACEMENTS,            fixed(STAGES * 3));
        one(Metric.STAGE_LAG_RECORDS,             fixed(STAGES * 6));
        one(Metric.CERTIFICATE_LEFT_SECONDS,      fixed(STAGES * 2));
        one(Metric.SECRET_LEFT_SECONDS,           eachAccount(STAGES * 4).plus(STAGES * 8));
        one(Metric.TRACES_SPANS,                  fixed(STAGES * 4));
        one(Metric.INGRESS_REQUESTS,              eachAccount(20));
        one(Metric.INGRESS_REQUEST_DURATION,      eachAccount(1));
        one(Metric.INGRESS_PUBLISH_DURATION,      eachAccount(1));
        one(Metric.INGRESS_REJECTED,              eachAccount(10 * 2));
        one(Metric.INGRESS_DEFERRED,              eachAccount(1));
        one(Metric.INGRESS_LAST_STORED_SECONDS,   eachAccount(1));
        one(Metric.INGRESS_RETRY_LEFT_SECONDS,    eachAccount(2));
        one(Metric.INGRESS_UNSTORED,              eachAccount(1));
        one(Metric.INGRESS_UNSTORED_MONEY,        eachAccount(CURRENCIES));
        one(Metric.PROCESSOR_OUTCOMES,            eachGateway(OUTCOME_KINDS + REASONS));
        one(Metric.PROCESSOR_NOTIFICATIONS,       eachAccount(OUTCOME_KINDS).plus(NOTIFICATION_TYPES * OUTCOME_KINDS));
        one(Metric.PROCESSOR_OUTAGES,             eachAccount(1).plus(1));
        one(Metric.PROCESSOR_REVERIFICATIONS,     eachGateway(7));
        one(Metric.PROCESSOR_FACTS_LEFT_OUT,      eachGateway(1));
        one(Metric.PROCESSOR_DRIFT,               eachGateway(TYPES * 5));
        one(Metric.PROJECTOR_DEAD_LETTERS,        fixed(REASONS));
        one(Metric.PROJECTOR_DISCREPANCIES,       fixed(20 * 2));
        one(Metric.PROJECTOR_ENTITLEMENT_EVENTS,  fixed(10));
        one(Metric.PROJECTOR_DECISIONS,           fixed(20));
        one(Metric.PROJECTOR_LEFT_OUT,            fixed(4));
        one(Metric.CANARY_NOTIFICATIONS,          fixed(3));
        one(Metric.ACCESS_ANSWERS,                fixed(10));
        one(Metric.ACCESS_ORDERS,                 fixed(7));
        one(Metric.QUERY_REQUEST_DURATION,        fixed(40 * 10));
        one(Metric.ENTITLEMENTS,                  fixed(101 * 5));
        one(Metric.CONSERVATION_FINDINGS,         fixed(FINDING_KINDS));
        one(Metric.JVM_MEMORY_USED_BYTES,         fixed(16));
        one(Metric.JVM_MEMORY_COMMITTED_BYTES,    fixed(16));
        one(Metric.JVM_MEMORY_MAX_BYTES,          fixed(16));
        one(Metric.JVM_BUFFER_MEMORY_USED_BYTES,  fixed(4));
        one(Metric.JVM_GC_PAUSE,                  fixed(64));
        one(Metric.JVM_THREADS_STATES_THREADS,    fixed(6));
        // spotless:on
    }

    private SeriesBounds() {}

    /** @param prefix of the names of metrics with labels */
    private static void every(String prefix, SeriesBound bound) {
        Arrays.stream(Metric.values())
                .filter(metric ->
                        metric.series().startsWith(prefix) && !metric.labels().isEmpty())
                .forEach(metric -> one(metric, bound));
    }

    private static void one(Metric metric, SeriesBound bound) {
        BOUNDS.put(metric, bound);
    }

    /** Of one metric. */
    public static SeriesBound of(Metric metric) {
        return metric.labels().isEmpty()
                ? fixed(1)
                : Objects.requireNonNull(BOUNDS.get(metric), () -> metric + ": labels without a bound");
    }

    /** Most lines of {@code /metrics} that are one metric, with settings of so many gateways and accounts. */
    public static long lines(Metric metric, int gateways, int accounts) {
        return of(metric).of(gateways, accounts) * metric.type().lines();
    }
}

package ipn.topics;

import ipn.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every topic of the pipeline, in the order of the flow.
 *
 * @param prefix put before each name, {@code ipn.} unless configured
 * @param partitions of every topic: one number, because stages share partitions by key
 * @param replication copies of each partition
 */
public record TopicCatalogue(String prefix, int partitions, short replication) {
    private static final int MIB = 1024 * 1024;
    /** A raw record: a body of at most 1 MiB, or as configured up to 4 MiB, and its headers. */
    private static final int RAW_BYTES = ByteLimits.WHOLE_RECORD;
    /** An outcome or dead letter contains a whole raw record, and more headers. */
    private static final int WRAPPED_BYTES = ByteLimits.LARGEST_RECORD;

    private static final int REPLICAS_WRITTEN = 2;

    private static final Optional<Duration> FOREVER = Optional.of(TopicSpec.FOREVER);

    // spotless:off
    public static final String RAW               = "raw";
    public static final String RAW_DEFERRED      = "raw-deferred";
    public static final String OUTCOMES          = "outcomes";
    public static final String PAYMENTS          = "payments";
    public static final String ORDERS            = "orders";
    public static final String ALLOCATIONS       = "allocations";
    public static final String CLAIMS            = "claims";
    public static final String ENTITLEMENTS      = "entitlements";
    public static final String ENTITLEMENT_STATE = "entitlement-state";
    public static final String DISCREPANCIES     = "discrepancies";
    public static final String LEDGER            = "ledger";
    public static final String NOTIFICATIONS     = "notifications";
    public static final String BRAKE             = "brake";
    public static final String BRAKE_STATUS      = "brake-status";
    public static final String DECISIONS         = "decisions";
    public static final String CATALOGUES        = "catalogues";
    public static final String SHADOW_STATE      = "shadow-state";
    public static final String SHADOW_DISCREPANCIES = "shadow-discrepancies";
    public static final String REJECTED          = "rejected";
    public static final String DLQ               = "dlq";
    public static final String DLQ_STATUS        = "dlq-status";

    private static final List<TopicSpec> SPECS = List.of(
            new TopicSpec(RAW,               "payment key",             "bytes",            days(30),         true,  RAW_BYTES),
            new TopicSpec(RAW_DEFERRED,      "payment key",             "bytes",            days(30),         true,  RAW_BYTES),
            new TopicSpec(OUTCOMES,          "payment key",             "Outcome",          days(30),         false, WRAPPED_BYTES),
            new TopicSpec(PAYMENTS,          "payment key",             "PaymentState",     Optional.empty(), false, RAW_BYTES),
            new TopicSpec(ORDERS,            "order id",                "Order",            Optional.empty(), false, MIB),
            new TopicSpec(ALLOCATIONS,       "payment key or order id", "Allocation",       days(7),          false, RAW_BYTES),
            new TopicSpec(CLAIMS,            "subject",                 "Claim",            days(7),          false, MIB),
            new TopicSpec(ENTITLEMENTS,      "subject",                 "EntitlementEvent", days(30),         false, MIB),
            new TopicSpec(ENTITLEMENT_STATE, "subject + entitlement",   "Entitlement",      Optional.empty(), false, MIB),
            new TopicSpec(DISCREPANCIES,     "order id or payment key", "Discrepancy",      days(365),        false, MIB),
            new TopicSpec(LEDGER,            "payment key or order id", "LedgerEntry",      days(7 * 365),    false, MIB),
            new TopicSpec(NOTIFICATIONS,     "subject",                 "NotificationCommand", days(7),       false, MIB),
            new TopicSpec(BRAKE,             "command id",              "BrakeCommand",     days(365),        false, MIB),
            new TopicSpec(BRAKE_STATUS,      "partition",               "BrakeStatus",      Optional.empty(), false, MIB),
            new TopicSpec(CATALOGUES,        "version",                 "CatalogueVersion", FOREVER,          false, MIB),
            new TopicSpec(DECISIONS,         "what it is about",        "Decision",         FOREVER,          true,  MIB),
            new TopicSpec(SHADOW_STATE,      "subject + entitlement",   "Entitlement",      Optional.empty(), false, MIB),
            new TopicSpec(SHADOW_DISCREPANCIES, "discrepancy id",       "Discrepancy",      Optional.empty(), false, MIB),
            new TopicSpec(REJECTED,          "account",                 "RejectedAttempt",  days(7),          true,  MIB),
            new TopicSpec(DLQ,               "as source",               "bytes",            days(90),         false, WRAPPED_BYTES),
            new TopicSpec(DLQ_STATUS,        "dead-letter id",          "DeadLetterStatus", Optional.empty(), false, MIB));
    // spotless:on

    /** Reads {@code topics.prefix}, {@code topics.partitions} and {@code topics.replication}. */
    public static TopicCatalogue from(Settings settings) {
        var topics = settings.in("topics");
        var prefix = topics.text("prefix", "ipn.");
        if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
            settings.problems().add(topics.full("prefix"), prefix, "at most 100 letters, digits and . _ -");
        }
        var partitions = topics.integer("partitions", 8, 1, 1_000);
        return new TopicCatalogue(prefix, partitions, (short) topics.integer("replication", 1, 1, 9));
    }

    /** The catalogue without settings. */
    public static TopicCatalogue defaults() {
        return new TopicCatalogue("ipn.", 8, (short) 1);
    }

    /** Every topic. */
    public List<TopicSpec> specs() {
        return SPECS;
    }

    /**
     * The broker's settings of a topic of this catalogue. A write is acknowledged by two replicas if there are at least three, so that
     * one broker may be down, and no acknowledged record is lost with one disk.
     */
    public Map<String, String> configs(TopicSpec spec) {
        var configs = new TreeMap<>(spec.configs());
        configs.put("min.insync.replicas", Integer.toString(minInSyncReplicas()));
        return configs;
    }

    /** How many replicas must have a record before it counts as written: 2 of 3 in production. */
    public int minInSyncReplicas() {
        return Math.max(1, Math.min(REPLICAS_WRITTEN, replication - 1));
    }

    /** The full name of a topic of this catalogue, such as {@code ipn.raw}. */
    public String name(String topic) {
        return prefix + topic;
    }

    private static Optional<Duration> days(int days) {
        return Optional.of(Duration.ofDays(days));
    }
}

package ipn.topics;

/** Names of record headers. Values are UTF-8 text. */
public final class Headers {
    // spotless:off
    /** CloudEvents, binary mode. */
    public static final String CE_SPECVERSION = "ce_specversion";
    public static final String CE_ID          = "ce_id";            // event key
    public static final String CE_SOURCE      = "ce_source";        // /ipn/{gateway}/{account}
    public static final String CE_TYPE        = "ce_type";
    public static final String CE_TIME        = "ce_time";
    public static final String CONTENT_TYPE   = "content-type";     // as received
    public static final String TRACEPARENT    = "traceparent";

    public static final String RECEIVED_AT    = "ipn.received-at";  // ISO 8601 instant
    public static final String VERIFIED_BY    = "ipn.verified-by";  // scheme and key id, never the key
    public static final String ITEM           = "ipn.item";         // index in a batch, from 0
    public static final String FETCHED_FROM   = "ipn.fetched-from"; // URL; the notification itself only named the document
    public static final String HTTP_PREFIX    = "http.";            // + header name in lower case
    public static final String REPLAY_ID      = "ipn.replay-id";
    public static final String SEAL           = "ipn.seal";         // HMAC of who wrote the record, see ipn.seal

    /** Of orders that were written over HTTP, see decision 041. */
    public static final String WRITTEN_BY      = "ipn.written-by";      // name of the caller
    public static final String IDEMPOTENCY_KEY = "ipn.idempotency-key"; // hash of the caller and the key of the request

    /** A body that a person repaired, see decision 033. Covered by the seal. */
    public static final String REPAIRED_BY       = "ipn.repaired-by";       // who
    public static final String REPAIRED_WHY      = "ipn.repaired-why";      // reason, in free text
    public static final String REPAIRED_AT       = "ipn.repaired-at";       // ISO 8601 instant
    public static final String REPAIRED_ORIGINAL = "ipn.repaired-original"; // the body as the gateway sent it, which its signature fits

    /** KIP-1034. */
    public static final String ERROR_EXCEPTION  = "__streams.errors.exception";
    public static final String ERROR_MESSAGE    = "__streams.errors.message";
    public static final String ERROR_STACKTRACE = "__streams.errors.stacktrace";
    public static final String ERROR_TOPIC      = "__streams.errors.topic";
    public static final String ERROR_PARTITION  = "__streams.errors.partition";
    public static final String ERROR_OFFSET     = "__streams.errors.offset";

    /** Ours. */
    public static final String DLQ_ID              = "ipn.dlq.id";
    public static final String DLQ_REASON          = "ipn.dlq.reason";
    public static final String DLQ_STAGE           = "ipn.dlq.stage";
    public static final String DLQ_CLASS           = "ipn.dlq.class";
    public static final String DLQ_FINGERPRINT     = "ipn.dlq.fingerprint";
    public static final String DLQ_ATTEMPTS        = "ipn.dlq.attempts";
    public static final String DLQ_FIRST_FAILED_AT = "ipn.dlq.first-failed-at";
    public static final String DLQ_LAST_FAILED_AT  = "ipn.dlq.last-failed-at";
    public static final String DLQ_APP_VERSION     = "ipn.dlq.app-version";
    public static final String DLQ_TRUNCATED       = "ipn.dlq.truncated"; // SHA-256 of the value; the dead letter has only its first bytes
    public static final String DLQ_REPLAY_ID       = "ipn.dlq.replay-id";
    // spotless:on

    private Headers() {}

    /** True for headers that a failure or a redrive adds: replaced on each hop, and never part of the source record. */
    public static boolean isOfHop(String name) {
        return name.startsWith("ipn.dlq.") || name.startsWith("__streams.errors.") || name.equals(REPLAY_ID);
    }
}

package ipn.runtime.traces;

import io.opentelemetry.api.common.AttributeKey;

/** Names of the attributes of spans: those of OpenTelemetry's conventions for messaging and HTTP, and ours. */
public final class SpanAttributes {
    // spotless:off
    /** Messaging. */
    public static final AttributeKey<String> SYSTEM         = AttributeKey.stringKey("messaging.system");
    public static final AttributeKey<String> OPERATION      = AttributeKey.stringKey("messaging.operation.name");
    public static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    public static final AttributeKey<String> DESTINATION    = AttributeKey.stringKey("messaging.destination.name");
    public static final AttributeKey<String> PARTITION      = AttributeKey.stringKey("messaging.destination.partition.id");
    public static final AttributeKey<String> GROUP          = AttributeKey.stringKey("messaging.consumer.group.name");
    public static final AttributeKey<Long>   OFFSET         = AttributeKey.longKey("messaging.kafka.offset");
    public static final AttributeKey<Long>   BATCH          = AttributeKey.longKey("messaging.batch.message_count");

    /** HTTP. */
    public static final AttributeKey<String> METHOD         = AttributeKey.stringKey("http.request.method");
    public static final AttributeKey<String> ROUTE          = AttributeKey.stringKey("http.route");
    public static final AttributeKey<Long>   STATUS         = AttributeKey.longKey("http.response.status_code");
    public static final AttributeKey<String> SCHEME         = AttributeKey.stringKey("url.scheme");
    public static final AttributeKey<String> PATH           = AttributeKey.stringKey("url.path");
    public static final AttributeKey<String> SERVER         = AttributeKey.stringKey("server.address");
    public static final AttributeKey<Long>   SERVER_PORT    = AttributeKey.longKey("server.port");
    public static final AttributeKey<String> ERROR          = AttributeKey.stringKey("error.type");

    /** Ours. */
    public static final AttributeKey<String> GATEWAY        = AttributeKey.stringKey("ipn.gateway");
    public static final AttributeKey<String> ACCOUNT        = AttributeKey.stringKey("ipn.account");
    public static final AttributeKey<String> EVENT_TYPE     = AttributeKey.stringKey("ipn.event_type");
    public static final AttributeKey<String> OUTCOME        = AttributeKey.stringKey("ipn.outcome");
    public static final AttributeKey<String> REASON         = AttributeKey.stringKey("ipn.reason");
    public static final AttributeKey<String> REPLAY         = AttributeKey.stringKey("ipn.replay_id");
    // spotless:on

    private SpanAttributes() {}
}

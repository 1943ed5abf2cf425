package ipn.ingress;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.http.HttpServerRequest;
import ipn.http.HttpObserver;
import ipn.runtime.traces.FinishedSpan;
import ipn.runtime.traces.SpanAttributes;
import ipn.runtime.traces.Traces;
import ipn.topics.Headers;
import ipn.topics.TraceParent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The trace of one request, always a new one: the callers are strangers, so the context that they send is at most a link. It has a span for
 * the request, and below that one for each look-up and one for the records; these are exported together when the request has ended, or not at
 * all. Used on the event loop of the request, apart from look-ups.
 */
final class RequestTrace implements HttpObserver {
    /** Of what belongs to no trace. */
    static final RequestTrace NONE = new RequestTrace(Traces.OFF, null);

    private static final String ROUTE = "/ipn/{gateway}/{account}";
    private static final int LOOK_UPS_MAX = 8;
    private static final int NOT_AUTHENTIC = 401;

    private final Traces traces;
    private final @Nullable HttpServerRequest http;
    private @Nullable TraceParent request;
    private @Nullable Publishing publishing;
    private @Nullable List<LookUp> lookUps;

    /** The records of a request on their way to Kafka. */
    private static final class Publishing {
        private final TraceParent context;
        private String topic = "";
        private int records;
        private long began;
        private long ended;

        Publishing(TraceParent context) {
            this.context = context;
        }
    }

    RequestTrace(Traces traces, @Nullable HttpServerRequest http) {
        this.traces = traces;
        this.http = http;
    }

    /** Id of the trace; empty if the request ended before anything needed one. */
    String id() {
        return request == null ? "" : request.traceId();
    }

    private TraceParent request() {
        if (request == null) {
            request = traces.sampled(TraceParent.root());
        }
        return request;
    }

    private Publishing publishing() {
        if (publishing == null) {
            publishing = new Publishing(request().child());
        }
        return publishing;
    }

    /** What the records carry. */
    TraceParent ofRecords() {
        return publishing().context;
    }

    /** The records are handed to Kafka. */
    void publishes(String topic, int records) {
        publishing().topic = topic;
        publishing().records = records;
        publishing().began = System.nanoTime();
    }

    /** Kafka has confirmed the records, or has not. */
    void published() {
        publishing().ended = System.nanoTime();
    }

    /** Calls something that may ask a gateway. */
    <T> T observing(Supplier<T> call) {
        return traces.isOn() ? HttpObserver.during(this, call) : call.get();
    }

    @Override
    public synchronized End sent(String method, URI url) {
        var lookUp = new LookUp(method, url);
        if (lookUps == null) {
            lookUps = new ArrayList<>(1);
        }
        if (lookUps.size() < LOOK_UPS_MAX) {
            lookUps.add(lookUp);
        }
        return lookUp;
    }

    private synchronized List<LookUp> lookUps() {
        return lookUps == null ? List.of() : List.copyOf(lookUps);
    }

    /**
     * Exports the spans, if they are among the share, failed or slow. Forgeries that are refused count as failed: after a rotation they show a
     * wrong secret.
     *
     * @param detail reason of an error response
     * @param status 0: the client closed the connection before the response
     * @param began by {@link System#nanoTime()}
     */
    void end(AccountMeters account, String outcome, String detail, int status, long began) {
        if (!traces.isOn()) {
            return;
        }
        var now = System.nanoTime();
        var isOurs = status >= 500 || status == 0 && publishing != null;
        var context = request();
        if (context.sampled() || isOurs || status == NOT_AUTHENTIC || traces.isSlow(now - began)) {
            var error = isOurs ? Optional.of(outcome) : Optional.<String>empty();
            traces.add(new FinishedSpan(
                    method() + " " + ROUTE,
                    SpanKind.SERVER,
                    context,
                    Optional.empty(),
                    link(),
                    began,
                    now,
                    error,
                    attributes(account, outcome, detail, status)));
            lookUps().forEach(lookUp -> traces.add(lookUp.span(context, now)));
            if (publishing != null && publishing.began != 0) {
                traces.add(sending(publishing, account, context, error, now));
            }
        }
    }

    /** What the caller calls its span, if it sends one context. */
    private Optional<TraceParent> link() {
        var values = http == null ? List.<String>of() : http.headers().getAll(Headers.TRACEPARENT);
        return values.size() == 1 ? TraceParent.parse(values.get(0)) : Optional.empty();
    }

    /** Methods are text of the sender, apart from these. */
    private String method() {
        var method = http == null ? "" : http.method().name();
        return method.equals("POST") || method.equals("GET") ? method : "_OTHER";
    }

    private Attributes attributes(AccountMeters account, String outcome, String detail, int status) {
        var attributes = Attributes.builder()
                .put(SpanAttributes.METHOD, method())
                .put(SpanAttributes.ROUTE, ROUTE)
                .put(SpanAttributes.SCHEME, http != null && http.isSSL() ? "https" : "http")
                .put(SpanAttributes.GATEWAY, account.gateway())
                .put(SpanAttributes.ACCOUNT, account.account())
                .put(SpanAttributes.OUTCOME, outcome);
        if (status > 0) {
            attributes.put(SpanAttributes.STATUS, (long) status);
        }
        if (!detail.isEmpty()) {
            attributes.put(SpanAttributes.REASON, detail);
        }
        return attributes.build();
    }

    private static FinishedSpan sending(
            Publishing publishing, AccountMeters account, TraceParent parent, Optional<String> error, long now) {
        var attributes = Attributes.builder()
                .put(SpanAttributes.SYSTEM, "kafka")
                .put(SpanAttributes.OPERATION, "send")
                .put(SpanAttributes.OPERATION_TYPE, "send")
                .put(SpanAttributes.DESTINATION, publishing.topic)
                .put(SpanAttributes.GATEWAY, account.gateway())
                .put(SpanAttributes.ACCOUNT, account.account());
        if (publishing.records > 1) {
            attributes.put(SpanAttributes.BATCH, (long) publishing.records);
        }
        return new FinishedSpan(
                "send " + publishing.topic,
                SpanKind.PRODUCER,
                publishing.context,
                Optional.of(parent),
                Optional.empty(),
                publishing.began,
                publishing.ended == 0 ? now : publishing.ended,
                error,
                attributes.build());
    }
}

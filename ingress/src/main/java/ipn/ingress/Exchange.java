package ipn.ingress;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.Source;
import ipn.gateway.content.Bytes;
import ipn.ingress.http.ErrorResponse;
import ipn.ingress.http.ErrorResponseException;
import ipn.ingress.http.HeadRules;
import ipn.runtime.SafeCause;
import ipn.runtime.traces.Traces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its one response, all on the event loop of its connection. Whatever happens elsewhere, it responds by the
 * deadline, releases the bytes it reserved, and logs one line.
 */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    /** How long, and for how many bytes, an unread body is still read after the response, so that the client gets the response. */
    private static final long LINGER_MILLIS = 1_000;

    /** The detail in the log of what is refused because the ingress or Kafka is late. */
    static final String LATE = "late";

    private static final long LINGER_BYTES = 1024 * 1024;

    private final HttpServerRequest request;
    private final Shared shared;
    private final Context context = Vertx.currentContext();
    private long deadline;
    private final RequestTrace trace;
    private final RequestLog log;
    private final Promise<Void> wholeBody = Promise.promise();
    private final Peer peer;
    private final Client client;
    private final BodyBuffer body;
    private AccountMeters meters;
    private long reserved;
    private long discarded;
    private boolean bodyRead;
    private boolean publishing;
    private long publishingSince;
    private boolean responded;
    private boolean closing;
    private boolean released;

    /** What all exchanges of a server share. */
    record Shared(
            Vertx vertx,
            IngressConfig config,
            ByteBudget budget,
            Clients clients,
            AccountMeters unknownAccount,
            RefusalLog refusals,
            Traces traces) {}

    private Exchange(HttpServerRequest request, Peer peer, Shared shared) {
        this.request = request;
        this.peer = peer;
        this.shared = shared;
        this.client = shared.clients().acquire(address());
        this.body = new BodyBuffer(
                request.decoderResult().isSuccess() ? HeadRules.contentLength(request) : 0,
                shared.config().limits().bodyBytesMax());
        this.meters = shared.unknownAccount();
        this.trace = new RequestTrace(shared.traces(), request);
        this.log = new RequestLog(shared.refusals(), trace);
        peer.requestBegins();
        this.deadline =
                shared.vertx().setTimer(shared.config().times().request().toMillis(), timer -> onDeadline());
    }

    /** Starts the deadline first, so that nothing that follows can leave the sender without a response. */
    static Exchange open(HttpServerRequest request, Peer peer, Shared shared) {
        var exchange = new Exchange(request, peer, shared);
        request.response().closeHandler(closed -> exchange.onClose());
        request.exceptionHandler(exchange::onStreamError);
        if (!request.isEnded()) {
            request.handler(chunk -> exchange.guard(() -> exchange.onChunk(chunk)));
            request.endHandler(end -> exchange.guard(exchange::onBodyEnd));
        }
        return exchange;
    }

    /** The client's own, where a proxy that we trust says it. */
    private ClientAddress address() {
        return shared.config()
                .clientAddressHeader()
                .map(request.headers()::getAll)
                .filter(values -> !values.isEmpty())
                .flatMap(values -> ClientAddress.forwarded(values.get(values.size() - 1)))
                .orElse(peer.client().address());
    }

    Context context() {
        return context;
    }

    /**
     * Sets the account whose meters count the request. A gateway that closes the connection before our deadline gets its response
     * earlier.
     */
    void setAccount(ServedAccount account) {
        meters = account.meters();
        var timeout = account.account().responseTimeout().multipliedBy(9).dividedBy(10);
        if (!responded && timeout.compareTo(shared.config().times().request()) < 0) {
            shared.vertx().cancelTimer(deadline);
            deadline = shared.vertx().setTimer(timeout.toMillis(), timer -> onDeadline());
        }
    }

    RequestLog log() {
        return log;
    }

    RequestTrace trace() {
        return trace;
    }

    /** Reads the exact bytes of the body, up to the limit. */
    Future<Delivery> read(Instant receivedAt) {
        if (request.isEnded()) { // a pipelined request without a body
            return Future.succeededFuture(delivery(receivedAt));
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            var unused = request.response().writeContinue();
        }
        return wholeBody.future().map(end -> delivery(receivedAt));
    }

    private void onBodyEnd() {
        bodyRead = true;
        if (!responded) {
            wholeBody.complete();
        } else if (closing) {
            closeNow();
        }
    }

    private void onChunk(Buffer chunk) {
        if (responded) {
            discard(chunk);
            return;
        }
        if (body.length() + chunk.length() > shared.config().limits().bodyBytesMax()) {
            throw new ErrorResponseException(ErrorResponse.TOO_LARGE);
        }
        reserve(body.growth(chunk.length()));
        body.append(chunk);
    }

    private Delivery delivery(Instant receivedAt) {
        bodyRead = true;
        log.bytes(body.length());
        return new Delivery(headers(), Bytes.wrap(body.toArray()), receivedAt)
                .from(new Source(client.address().hex()));
    }

    private Map<String, List<String>> headers() {
        var headers = new HashMap<String, List<String>>();
        request.headers()
                .forEach((name, value) -> headers.computeIfAbsent(
                                name.toLowerCase(Locale.ROOT), absent -> new ArrayList<>(1))
                        .add(value));
        return headers;
    }

    /** Refuses the request if the ingress or Kafka is late: before its body is read, and before it costs anything else. */
    void admit() {
        if (peer.admission().refusing(System.nanoTime()).refuses(client.isProven())) {
            log.detail(LATE);
            throw new ErrorResponseException(ErrorResponse.BUSY);
        }
    }

    /** Reserves bytes of the budget until the response. */
    void reserve(long bytes) {
        if (!shared.budget().reserve(client, bytes)) {
            throw new ErrorResponseException(ErrorResponse.BUSY);
        }
        reserved += bytes;
    }

    /** From here on the producer holds the bytes too: they stay reserved until it has finished, even after the response. */
    void publishingBegins(String topic, int records) {
        trace.publishes(topic, records);
        publishing = true;
        publishingSince = System.nanoTime();
        peer.admission().waiting().begin();
    }

    /** @param stored whether Kafka has confirmed the records */
    void publishingEnded(boolean stored) {
        trace.published();
        publishing = false;
        peer.admission().waiting().end(stored, System.nanoTime() - publishingSince);
        if (responded) {
            release();
        }
    }

    /** Runs a step; anything it throws becomes a response. */
    void guard(Runnable step) {
        try {
            step.run();
        } catch (Throwable thrown) { // the edge of the stage: even after an Error the sender gets a response
            fail(thrown);
        }
    }

    void fail(Throwable thrown) {
        if (thrown instanceof ErrorResponseException rejection) {
            respond(rejection.response());
        } else {
            LOG.atError()
                    .addKeyValue("gateway", meters.gateway())
                    .addKeyValue("account", meters.account())
                    .setCause(SafeCause.forLog(thrown))
                    .log(
                            "Bug in the ingress: a request failed with an unexpected exception; the sender gets 503 and retries");
            respond(ErrorResponse.FAILED);
        }
    }

    void respond(ErrorResponse error) {
        if (responded) {
            releaseUnlessPublishing();
            return;
        }
        var response = request.response().setStatusCode(error.status());
        response.putHeader("content-type", "application/problem+json");
        if (error.hasRetryAfter()) {
            response.putHeader("retry-after", Long.toString(retryAfterSeconds()));
        }
        if (error == ErrorResponse.METHOD_NOT_ALLOWED) {
            response.putHeader("allow", "POST");
        }
        end(error.outcome(), error.status(), error.body(), !bodyRead && !request.isEnded() || error.closesConnection());
    }

    void acknowledge(Acknowledgement acknowledgement) {
        if (responded) {
            return;
        }
        if (!acknowledgement.contentType().isEmpty()) {
            request.response().putHeader("content-type", acknowledgement.contentType());
        }
        request.response().setStatusCode(acknowledgement.status());
        end("acknowledged", acknowledgement.status(), acknowledgement.body(), false);
    }

    private void end(String outcome, int status, String text, boolean refused) {
        var close = finish(outcome, status) || refused;
        closing = close;
        try {
            if (close) {
                request.response().putHeader("connection", "close");
            }
            var unused = request.response().end(Buffer.buffer(text));
            if (close) {
                closeSoon();
            }
        } catch (RuntimeException e) {
            closeNow(); // the response cannot be written any more
        }
    }

    /**
     * Ends the exchange, apart from writing the response.
     *
     * @return whether the connection is to be closed after it
     */
    private boolean finish(String outcome, int status) {
        responded = true;
        shared.vertx().cancelTimer(deadline);
        body.clear();
        releaseUnlessPublishing();
        log.write(meters, outcome, status);
        return peer.requestEnds();
    }

    /** The client has proven that it is a gateway, or speaks for one. */
    void proven() {
        shared.clients().prove(client);
    }

    /** A step that was still running at the response, such as a slow fetch, may have reserved bytes since. */
    private void releaseUnlessPublishing() {
        if (!publishing) {
            release();
        }
    }

    private void release() {
        shared.budget().release(client, reserved);
        reserved = 0;
        if (!released) {
            released = true;
            shared.clients().release(client);
        }
    }

    private void onDeadline() {
        guard(() -> respond(bodyRead ? ErrorResponse.OVERDUE : ErrorResponse.TOO_SLOW));
    }

    private void onClose() {
        if (!responded) {
            finish("gone", 0);
        }
    }

    private void onStreamError(Throwable failure) {
        if (failure instanceof HttpClosedException) {
            onClose();
        } else {
            guard(() -> respond(ErrorResponse.BAD_REQUEST)); // such as a chunk whose length is not a number
        }
    }

    private long retryAfterSeconds() {
        return Math.max(1, shared.config().times().retryAfter().toSeconds());
    }

    /** Closing with bytes unread would reset the connection, and the client could lose the response. */
    private void closeSoon() {
        if (bodyRead || request.isEnded() || !request.decoderResult().isSuccess()) {
            closeNow();
        } else {
            shared.vertx().setTimer(LINGER_MILLIS, timer -> closeNow());
        }
    }

    private void discard(Buffer chunk) {
        discarded += chunk.length();
        if (discarded > LINGER_BYTES) {
            closeNow();
        }
    }

    private void closeNow() {
        var unused = request.connection().close();
    }
}

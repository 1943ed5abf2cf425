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
import ipn.gateway.content.Bytes;
import ipn.ingress.http.ErrorResponse;
import ipn.ingress.http.ErrorResponseException;
import ipn.runtime.SafeCause;
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
    /** Reserved for each request besides its body: its head, and the headers of its record. */
    private static final int HEAD_BYTES = 8 * 1024;
    /** How long, and for how many bytes, an unread body is still read after the response, so that the client gets the response. */
    private static final long LINGER_MILLIS = 1_000;

    private static final long LINGER_BYTES = 1024 * 1024;

    private final HttpServerRequest request;
    private final Shared shared;
    private final Context context = Vertx.currentContext();
    private long deadline;
    private final RequestLog log;
    private final Promise<Void> wholeBody = Promise.promise();
    private final List<Buffer> chunks = new ArrayList<>();
    private AccountMeters meters;
    private long reserved;
    private long discarded;
    private int bodyBytes;
    private boolean bodyRead;
    private boolean publishing;
    private boolean responded;
    private boolean closing;

    /** What all exchanges of a server share. */
    record Shared(Vertx vertx, IngressConfig config, ByteBudget budget, AccountMeters unknownAccount) {}

    private Exchange(HttpServerRequest request, Shared shared) {
        this.request = request;
        this.shared = shared;
        this.meters = shared.unknownAccount();
        this.log = new RequestLog();
        this.deadline =
                shared.vertx().setTimer(shared.config().times().request().toMillis(), timer -> onDeadline());
    }

    /** Starts the deadline first, so that nothing that follows can leave the sender without a response. */
    static Exchange open(HttpServerRequest request, Shared shared) {
        var exchange = new Exchange(request, shared);
        request.response().closeHandler(closed -> exchange.onClose());
        request.exceptionHandler(exchange::onStreamError);
        if (!request.isEnded()) {
            request.handler(chunk -> exchange.guard(() -> exchange.onChunk(chunk)));
            request.endHandler(end -> exchange.guard(exchange::onBodyEnd));
        }
        return exchange;
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

    /** Reads the exact bytes of the body, up to the limit. */
    Future<Delivery> read(Instant receivedAt) {
        reserve(HEAD_BYTES);
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
        bodyBytes += chunk.length();
        if (bodyBytes > shared.config().limits().bodyBytesMax()) {
            throw new ErrorResponseException(ErrorResponse.TOO_LARGE);
        }
        reserve(chunk.length());
        chunks.add(chunk);
    }

    private Delivery delivery(Instant receivedAt) {
        bodyRead = true;
        log.bytes(bodyBytes);
        return new Delivery(headers(), Bytes.wrap(joined()), receivedAt);
    }

    private byte[] joined() {
        if (chunks.size() == 1) {
            return chunks.get(0).getBytes();
        }
        var whole = new byte[bodyBytes];
        var at = 0;
        for (var chunk : chunks) {
            chunk.getBytes(whole, at);
            at += chunk.length();
        }
        return whole;
    }

    private Map<String, List<String>> headers() {
        var headers = new HashMap<String, List<String>>();
        request.headers()
                .forEach((name, value) -> headers.computeIfAbsent(
                                name.toLowerCase(Locale.ROOT), absent -> new ArrayList<>(1))
                        .add(value));
        return headers;
    }

    /** Reserves bytes of the budget until the response. */
    void reserve(long bytes) {
        if (!shared.budget().reserve(bytes)) {
            throw new ErrorResponseException(ErrorResponse.BUSY);
        }
        reserved += bytes;
    }

    /** From here on the producer holds the bytes too: they stay reserved until it has finished, even after the response. */
    void publishingBegins() {
        publishing = true;
    }

    void publishingEnded() {
        publishing = false;
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

    private void end(String outcome, int status, String body, boolean close) {
        finish(outcome, status);
        closing = close;
        try {
            if (close) {
                request.response().putHeader("connection", "close");
            }
            var unused = request.response().end(Buffer.buffer(body));
            if (close) {
                closeSoon();
            }
        } catch (RuntimeException e) {
            closeNow(); // the response cannot be written any more
        }
    }

    /** Ends the exchange, apart from writing the response. */
    private void finish(String outcome, int status) {
        responded = true;
        shared.vertx().cancelTimer(deadline);
        chunks.clear();
        releaseUnlessPublishing();
        log.write(meters, outcome, status);
    }

    /** A step that was still running at the response, such as a slow fetch, may have reserved bytes since. */
    private void releaseUnlessPublishing() {
        if (!publishing) {
            release();
        }
    }

    private void release() {
        shared.budget().release(reserved);
        reserved = 0;
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

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
 * One request on its way to its one answer, all of it on the event loop of its connection. Whatever happens or fails to
 * happen elsewhere, the answer is given by the deadline, the bytes are given back, and one line is logged.
 */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    /** Charged to every request beside its body: its head, and the headers of its record. */
    private static final int HEAD_BYTES = 8 * 1024;
    /** How long, and how many bytes, an unread body may go on after its answer, so that the answer is not lost. */
    private static final long LINGER_MILLIS = 1_000;

    private static final long LINGER_BYTES = 1024 * 1024;

    private final HttpServerRequest request;
    private final Shared shared;
    private final Context context = Vertx.currentContext();
    private long deadline;
    private final ExchangeLog log;
    private final Promise<Void> wholeBody = Promise.promise();
    private final List<Buffer> chunks = new ArrayList<>();
    private AccountMeters meters;
    private long taken;
    private long discarded;
    private int bodyBytes;
    private boolean bodyRead;
    private boolean publishing;
    private boolean answered;
    private boolean closing;

    /** What all exchanges of a server share. */
    record Shared(Vertx vertx, IngressConfig config, ByteBudget budget, AccountMeters nobody) {}

    private Exchange(HttpServerRequest request, Shared shared) {
        this.request = request;
        this.shared = shared;
        this.meters = shared.nobody();
        this.log = new ExchangeLog();
        this.deadline =
                shared.vertx().setTimer(shared.config().times().request().toMillis(), timer -> overdue());
    }

    /** Begins with the deadline, so that nothing that follows can leave the sender without an answer. */
    static Exchange open(HttpServerRequest request, Shared shared) {
        var exchange = new Exchange(request, shared);
        request.response().closeHandler(closed -> exchange.gone());
        request.exceptionHandler(exchange::broken);
        if (!request.isEnded()) {
            request.handler(chunk -> exchange.guard(() -> exchange.add(chunk)));
            request.endHandler(end -> exchange.guard(exchange::bodyEnded));
        }
        return exchange;
    }

    Context context() {
        return context;
    }

    /** Until this is said, it counts as nobody's. A gateway that hangs up before our deadline is answered before it does. */
    void belongsTo(ServedAccount account) {
        meters = account.meters();
        var patience = account.account().patience().multipliedBy(9).dividedBy(10);
        if (!answered && patience.compareTo(shared.config().times().request()) < 0) {
            shared.vertx().cancelTimer(deadline);
            deadline = shared.vertx().setTimer(patience.toMillis(), timer -> overdue());
        }
    }

    ExchangeLog log() {
        return log;
    }

    /** Reads the exact bytes of the body, up to the limit. */
    Future<Delivery> read(Instant receivedAt) {
        take(HEAD_BYTES);
        if (request.isEnded()) { // pipelined behind another, and without a body
            return Future.succeededFuture(delivery(receivedAt));
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            var unused = request.response().writeContinue();
        }
        return wholeBody.future().map(end -> delivery(receivedAt));
    }

    private void bodyEnded() {
        bodyRead = true;
        if (!answered) {
            wholeBody.complete();
        } else if (closing) {
            closeNow();
        }
    }

    private void add(Buffer chunk) {
        if (answered) {
            discard(chunk);
            return;
        }
        bodyBytes += chunk.length();
        if (bodyBytes > shared.config().limits().bodyBytesMax()) {
            throw new Refusal(Answer.TOO_LARGE);
        }
        take(chunk.length());
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

    /** Charges bytes to the budget until the answer. */
    void take(long bytes) {
        if (!shared.budget().take(bytes)) {
            throw new Refusal(Answer.BUSY);
        }
        taken += bytes;
    }

    /** From here the bytes are Kafka's too: they are given back once it is done with them, answered or not. */
    void publishingBegins() {
        publishing = true;
    }

    void publishingEnded() {
        publishing = false;
        if (answered) {
            giveBack();
        }
    }

    /** Runs a step; whatever it throws becomes an answer. */
    void guard(Runnable step) {
        try {
            step.run();
        } catch (Throwable thrown) { // the edge of the stage: even an Error must not leave a sender waiting
            refuse(thrown);
        }
    }

    void refuse(Throwable thrown) {
        if (thrown instanceof Refusal refusal) {
            answer(refusal.answer());
        } else {
            LOG.error("A request failed for a fault of ours", SafeCause.forLog(thrown));
            answer(Answer.FAILED);
        }
    }

    void answer(Answer answer) {
        if (answered) {
            giveBackWhatCameLate();
            return;
        }
        var response = request.response().setStatusCode(answer.status());
        response.putHeader("content-type", "application/problem+json");
        if (answer.retryLater()) {
            response.putHeader("retry-after", Long.toString(retryAfterSeconds()));
        }
        if (answer == Answer.METHOD_NOT_ALLOWED) {
            response.putHeader("allow", "POST");
        }
        end(answer.outcome(), answer.status(), answer.body(), !bodyRead && !request.isEnded() || answer.closes());
    }

    void acknowledge(Acknowledgement acknowledgement) {
        if (answered) {
            return;
        }
        if (!acknowledgement.contentType().isEmpty()) {
            request.response().putHeader("content-type", acknowledgement.contentType());
        }
        request.response().setStatusCode(acknowledgement.status());
        end("acknowledged", acknowledgement.status(), acknowledgement.body(), false);
    }

    private void end(String outcome, int status, String body, boolean close) {
        settle(outcome, status);
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
            closeNow(); // the answer cannot be given any more
        }
    }

    /** Ends the exchange for everything but the bytes still to be written. */
    private void settle(String outcome, int status) {
        answered = true;
        shared.vertx().cancelTimer(deadline);
        chunks.clear();
        if (!publishing) {
            giveBack();
        }
        log.write(meters, outcome, status);
    }

    /** A step that went on behind an answer, such as a look that took too long, may have taken bytes before it failed. */
    private void giveBackWhatCameLate() {
        if (!publishing) {
            giveBack();
        }
    }

    private void giveBack() {
        shared.budget().give(taken);
        taken = 0;
    }

    private void overdue() {
        guard(() -> answer(bodyRead ? Answer.OVERDUE : Answer.TOO_SLOW));
    }

    private void gone() {
        if (!answered) {
            settle("gone", 0);
        }
    }

    private void broken(Throwable failure) {
        if (failure instanceof HttpClosedException) {
            gone();
        } else {
            guard(() -> answer(Answer.BAD_REQUEST)); // such as a chunk whose length is no number
        }
    }

    private long retryAfterSeconds() {
        return Math.max(1, shared.config().times().retryAfter().toSeconds());
    }

    /** Closing with bytes unread would reset the connection, and the answer with it. */
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

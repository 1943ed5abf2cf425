package ipn.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import ipn.ingress.admission.Admission;
import ipn.ingress.admission.SimpleHead;
import ipn.ingress.admission.Turn;
import ipn.ingress.admission.Waiting;
import ipn.ingress.http.ErrorResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What the {@linkplain EarlyRefusal early refusals} of one event loop share. */
final class EarlyRefusals {
    private final Shared shared;
    private final Admission admission;
    private final SimpleHead head;
    private final ByteBuf response;
    private final Runnable turnEnd;

    /**
     * What those of all event loops share.
     *
     * @param addressHeader in which a proxy says the client's address; empty: clients connect directly
     * @param meters of the account at a path
     */
    record Shared(
            Waiting waiting,
            Clients clients,
            Optional<String> addressHeader,
            Duration retryAfter,
            Function<String, AccountMeters> meters,
            RefusalLog log) {}

    EarlyRefusals(Shared shared) {
        this.shared = shared;
        var turn = new Turn();
        admission = new Admission(turn, shared.waiting());
        turnEnd = () -> turn.end(System.nanoTime());
        head = new SimpleHead(shared.addressHeader());
        response = Unpooled.unreleasableBuffer(Unpooled.directBuffer()
                .writeBytes(response(shared.retryAfter()).getBytes(StandardCharsets.US_ASCII))
                .asReadOnly());
    }

    private static String response(Duration retryAfter) {
        var body = ErrorResponse.BUSY.body();
        return "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\nretry-after: "
                + Math.max(1, retryAfter.toSeconds())
                + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    Admission admission() {
        return admission;
    }

    /** Run after each turn of the event loop. */
    Runnable turnEnd() {
        return turnEnd;
    }

    /** Reads the heads of all connections in turn. */
    SimpleHead head() {
        return head;
    }

    boolean clientsInHeads() {
        return shared.addressHeader().isPresent();
    }

    /** Whether the client is proven that the head names, or that of the connection if it names none. */
    boolean isProven(Peer peer) {
        return head.address()
                .flatMap(ClientAddress::forwarded)
                .map(shared.clients()::isProven)
                .orElseGet(() -> peer.client().isProven());
    }

    /** The whole response, not to be released. */
    ByteBuf response() {
        return response.duplicate();
    }

    /** Counts the request that was read last. */
    void refused() {
        var log = new RequestLog(shared.log(), RequestTrace.NONE);
        log.detail(Exchange.LATE);
        log.write(shared.meters().apply(head.path()), ErrorResponse.BUSY.outcome(), ErrorResponse.BUSY.status());
    }
}

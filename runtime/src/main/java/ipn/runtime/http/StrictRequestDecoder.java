package ipn.runtime.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's decoder, stricter in five ways that only a decoder can enforce: the head must arrive by a deadline, its fields are
 * counted while it arrives (each costs more memory than the bytes it was sent in), a header folded over several lines is refused
 * (Netty joins the lines, so that later code cannot detect it), so is an HTTP version other than 1.0 and 1.1, and a body in
 * thousands of tiny chunks ends the decoding (one read holds ten thousand of them, and all would be handled before any other
 * connection).
 *
 * <p>It extends a class of Vert.x's implementation. After an upgrade of Vert.x, the tests of slow, many and folded headers and of
 * tiny chunks show whether it still takes effect.
 */
public final class StrictRequestDecoder extends VertxHttpRequestDecoder {
    // shared by all connections, so without a stack trace
    private static final Throwable MALFORMED =
            new MalformedRequest("folded header or unsupported HTTP version (expected: HTTP/1.0 or HTTP/1.1)");

    private static final Throwable TOO_MANY_FIELDS = new TooManyFieldsException();
    private static final Throwable TINY_CHUNKS = new MalformedRequest("tiny chunks");
    /** So many chunks may be smaller than this on average: each costs time, and no client sends a body in crumbs. */
    private static final long TINY_CHUNKS_MAX = 1024;

    private static final long TINY_BYTES = 64;
    /** Of the handler. */
    private static final String NAME = "httpDecoder";

    private final HeadLimits limits;
    private @Nullable ChannelHandlerContext context;
    private long requests;
    private boolean betweenBodies = true;
    private boolean firstHead = true;
    private boolean anyByte;
    private boolean folded;
    private int lines;
    private long chunks;
    private long bodyBytes;
    private boolean refused;
    private @Nullable ScheduledFuture<?> timer;

    private StrictRequestDecoder(Http1ServerConfig config, HeadLimits limits) {
        super(config);
        this.limits = limits;
    }

    /** Replaces the decoder of a new connection. */
    public static StrictRequestDecoder install(HttpConnection connection, Http1ServerConfig config, HeadLimits limits) {
        // Vert.x has no hook for this
        var pipeline = ((ConnectionBase) connection).channelHandlerContext().pipeline();
        var decoder = new StrictRequestDecoder(config, limits);
        pipeline.replace(NAME, NAME, decoder);
        return decoder;
    }

    /** Adds a handler that sees the bytes before this decoder, and may answer requests in its place. */
    public void precededBy(ChannelInboundHandler handler) {
        if (context != null) {
            context.pipeline().addBefore(NAME, handler.getClass().getSimpleName(), handler);
        }
    }

    /** How many heads it has decoded. */
    public long requests() {
        return requests;
    }

    /** Whether the next byte is the first of a request. */
    public boolean isBetweenRequests() {
        return betweenBodies && !refused && actualReadableBytes() == 0 && lines == 0;
    }

    /** A handler before it has answered a request: the client is not one that sends no head. */
    public void answeredBefore() {
        firstHead = false;
        stopTimer();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        context = ctx;
        startTimer(ctx);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        stopTimer();
        super.handlerRemoved0(ctx);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        var from = in.readerIndex();
        super.decode(ctx, in, out);
        anyByte = true;
        if (betweenBodies) {
            // the decoder consumes whole lines, so a line begins at from, and the bytes are still in the buffer
            folded |= hasFold(in, from, in.readerIndex());
            if (out.isEmpty()) {
                lines += lines(in, from, in.readerIndex());
                if (lines > limits.fieldsMax() + 1) { // and the request line
                    refuse(ctx, limits.tooMany());
                } else {
                    startTimer(ctx);
                }
            }
        }
        out.forEach(this::onDecoded);
        if (chunks > TINY_CHUNKS_MAX && bodyBytes < chunks * TINY_BYTES) {
            refuseBody(out);
        }
    }

    private void onDecoded(Object decoded) {
        if (decoded instanceof HttpRequest request) {
            stopTimer();
            requests++;
            check(request);
            firstHead = false;
            betweenBodies = false;
            lines = 0;
            chunks = 0;
            bodyBytes = 0;
        }
        if (decoded instanceof LastHttpContent) {
            betweenBodies = true;
        } else if (decoded instanceof HttpContent content) {
            chunks++;
            bodyBytes += content.content().readableBytes();
        }
    }

    /** The body ends with a failure, as after a chunk that cannot be decoded; nothing more is read. */
    private void refuseBody(List<Object> out) {
        out.forEach(ReferenceCountUtil::release);
        out.clear();
        var end = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        end.setDecoderResult(DecoderResult.failure(TINY_CHUNKS));
        out.add(end);
        refused = true;
    }

    private void check(HttpRequest request) {
        var version = request.protocolVersion();
        var known = version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
        if (request.decoderResult().isSuccess()) {
            if (folded || !known) {
                request.setDecoderResult(DecoderResult.failure(MALFORMED));
            } else if (fields(request) > limits.fieldsMax()) {
                request.setDecoderResult(DecoderResult.failure(TOO_MANY_FIELDS));
            }
        }
        folded = false;
    }

    /** Repeated ones included; {@code headers().size()} counts names. */
    private static int fields(HttpRequest request) {
        var count = 0;
        for (var each = request.headers().iteratorCharSequence(); each.hasNext(); each.next()) {
            count++;
        }
        return count;
    }

    private static int lines(ByteBuf in, int from, int to) {
        var count = 0;
        for (var end = in.indexOf(from, to, (byte) '\n'); end >= 0; end = in.indexOf(end + 1, to, (byte) '\n')) {
            count++;
        }
        return count;
    }

    private static boolean hasFold(ByteBuf in, int from, int to) {
        var lineStart = from;
        while (lineStart < to) {
            var first = in.getByte(lineStart);
            if (first == ' ' || first == '\t') {
                return true;
            }
            var lineEnd = in.indexOf(lineStart, to, (byte) '\n');
            if (lineEnd < 0) {
                return false;
            }
            lineStart = lineEnd + 1;
        }
        return false;
    }

    /** The timer runs from the opening of a connection, and from the first byte of each later head. */
    private void startTimer(ChannelHandlerContext ctx) {
        if (timer == null) {
            timer = ctx.executor()
                    .schedule(
                            () -> refuse(ctx, limits.tooSlow()),
                            limits.timeout().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void refuse(ChannelHandlerContext ctx, HeadLimits.Refusal refusal) {
        if (refused || !ctx.channel().isActive()) {
            return;
        }
        refused = true;
        stopTimer();
        refusal.onRefusal().run();
        if (!anyByte || !firstHead) {
            // no request to answer, or the client would take this for the answer to an earlier request
            var unused = ctx.close();
            return;
        }
        var answer = "HTTP/1.1 " + refusal.status()
                + "\r\ncontent-type: application/problem+json\r\nconnection: close\r\ncontent-length: "
                + refusal.body().length() + "\r\n\r\n" + refusal.body();
        var unused = ctx.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private static final class MalformedRequest extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedRequest(String message) {
            super(message, null, false, false);
        }
    }
}

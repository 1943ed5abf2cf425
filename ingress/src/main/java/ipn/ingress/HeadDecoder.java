package ipn.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's decoder, made stricter in three ways that only a decoder can see: headers must arrive by a deadline, a header
 * folded over several lines is refused (Netty would join the lines, and nobody later could tell), and so is a version
 * other than 1.0 and 1.1.
 */
final class HeadDecoder extends VertxHttpRequestDecoder {
    private final Duration deadline;
    private final Runnable onSlow;
    private boolean betweenBodies = true;
    private boolean firstHead = true;
    private boolean anyByte;
    private boolean folded;
    private @Nullable ScheduledFuture<?> timer;

    private HeadDecoder(Http1ServerConfig config, Duration deadline, Runnable onSlow) {
        super(config);
        this.deadline = deadline;
        this.onSlow = onSlow;
    }

    /**
     * Takes the decoder's place on a fresh connection.
     *
     * @param onSlow told of each connection closed for a head that did not arrive
     */
    static void install(HttpConnection connection, Http1ServerConfig config, Duration deadline, Runnable onSlow) {
        // Vert.x has no hook for this; should these names change, the tests of slow and folded headers fail
        var pipeline = ((ConnectionBase) connection).channelHandlerContext().pipeline();
        pipeline.replace("httpDecoder", "httpDecoder", new HeadDecoder(config, deadline, onSlow));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        startTimer(ctx);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        stopTimer();
        super.handlerRemoved0(ctx);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        var from = in.readerIndex();
        super.decode(ctx, in, out);
        anyByte = true;
        if (betweenBodies) {
            // whole lines were taken, so a line begins at from; the bytes are still there
            folded |= hasFold(in, from, in.readerIndex());
            if (out.isEmpty()) {
                startTimer(ctx);
            }
        }
        out.forEach(this::notice);
    }

    private void notice(Object decoded) {
        if (decoded instanceof HttpRequest request) {
            stopTimer();
            judge(request);
            firstHead = false;
            betweenBodies = false;
        }
        if (decoded instanceof LastHttpContent) {
            betweenBodies = true;
        }
    }

    private void judge(HttpRequest request) {
        var version = request.protocolVersion();
        var known = version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
        if ((folded || !known) && request.decoderResult().isSuccess()) {
            request.setDecoderResult(DecoderResult.failure(new Refusal(Answer.BAD_REQUEST)));
        }
        folded = false;
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

    /** Runs from the first byte of a head, and from the opening of a connection. */
    private void startTimer(ChannelHandlerContext ctx) {
        if (timer == null) {
            timer = ctx.executor().schedule(() -> tooSlow(ctx), deadline.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void tooSlow(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            return;
        }
        onSlow.run();
        if (!anyByte || !firstHead) {
            // nobody to answer, or an earlier request whose answer this would be taken for
            var unused = ctx.close();
            return;
        }
        var body = Answer.TOO_SLOW.body();
        var answer = "HTTP/1.1 408 Request Timeout\r\ncontent-type: application/problem+json\r\nconnection: close\r\n"
                + "content-length: " + body.length() + "\r\n\r\n" + body;
        var unused = ctx.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII))
                .addListener(ChannelFutureListener.CLOSE);
    }
}

package ipn.ingress;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.timeout.IdleStateHandler;
import ipn.ingress.admission.Refusing;
import ipn.runtime.http.StrictRequestDecoder;

/**
 * Refuses requests of one connection from their bytes, before they are decoded, while the ingress or Kafka is late. To refuse
 * must cost far less than to accept, or an overload leaves no time for what is accepted. Handles only what is unambiguous: a whole
 * {@linkplain ipn.ingress.admission.SimpleHead simple head} on a connection without a request in flight. Everything else
 * reaches the decoder, and is refused by {@link Exchange#admit()}.
 */
final class EarlyRefusal extends ChannelInboundHandlerAdapter {
    /** The rest of a refused body is skipped up to here; what is longer is not worth it. */
    private static final long UNREAD_MAX = 64 * 1024;

    private final EarlyRefusals loop;
    private final Peer peer;
    private final StrictRequestDecoder decoder;
    /** Bytes of a refused body that have not arrived yet. */
    private long unread;

    private boolean passed;

    /** @param loop what the connections of its event loop share */
    EarlyRefusal(EarlyRefusals loop, Peer peer, StrictRequestDecoder decoder) {
        this.loop = loop;
        this.peer = peer;
        this.decoder = decoder;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var in = (ByteBuf) message; // the first handler behind the socket or TLS
        var now = System.nanoTime();
        if (peer.admission().turn().begin(now)) {
            ((SingleThreadEventLoop) ctx.channel().eventLoop()).executeAfterEventLoopIteration(loop.turnEnd());
        }
        var skipped = (int) Math.min(unread, in.readableBytes());
        unread -= skipped;
        in.skipBytes(skipped);
        if (!in.isReadable() || refuses(ctx, in, peer.admission().refusing(now))) {
            in.release();
        } else {
            passed = true;
            ctx.fireChannelRead(in);
            if (peer.client().isProven()) {
                peer.admission().turn().served(System.nanoTime() - now);
            }
        }
    }

    private boolean refuses(ChannelHandlerContext ctx, ByteBuf in, Refusing refusing) {
        if (refusing == Refusing.NOBODY
                || !loop.clientsInHeads() && !refusing.refuses(peer.client().isProven())
                || peer.requestsEnded() != decoder.requests()
                || !decoder.isBetweenRequests()
                || !ctx.channel().isWritable()
                || !loop.head().read(in)) {
            return false;
        }
        var missing = loop.head().length() + loop.head().bodyLength() - in.readableBytes();
        if (missing < 0 || missing > UNREAD_MAX || loop.clientsInHeads() && !refusing.refuses(loop.isProven(peer))) {
            return false;
        }
        unread = missing;
        decoder.answeredBefore();
        // stands behind the decoder, and would take this connection for idle
        if (ctx.pipeline().get("idle") instanceof IdleStateHandler idle) {
            idle.resetReadTimeout();
        }
        loop.refused();
        var unused = ctx.writeAndFlush(loop.response(), ctx.voidPromise());
        return true;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (passed) {
            passed = false;
            ctx.fireChannelReadComplete();
        }
    }
}

package ipn.http;

import ipn.gateway.content.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Reads the body of a 2xx response up to a limit; closes the connection for a longer body and for any other status. */
final class BoundedBody implements BodySubscriber<Bytes> {
    private final ResponseInfo head;
    private final int bytesMax;
    private final CompletableFuture<Bytes> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable Subscription subscription;

    private BoundedBody(ResponseInfo head, int bytesMax) {
        this.head = head;
        this.bytesMax = bytesMax;
    }

    static BodyHandler<Bytes> upTo(int bytesMax) {
        return head -> new BoundedBody(head, bytesMax);
    }

    @Override
    public CompletionStage<Bytes> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        if (head.statusCode() / 100 != 2) {
            whole.complete(Bytes.wrap(new byte[0]));
            subscription.cancel();
        } else if (head.headers().firstValueAsLong("Content-Length").orElse(0) > bytesMax) {
            hangUp();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            var room = Math.min(buffer.remaining(), bytesMax - bytes.size());
            var part = new byte[room];
            buffer.get(part);
            bytes.write(part, 0, room);
            if (buffer.hasRemaining()) {
                hangUp();
                return;
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(Bytes.wrap(bytes.toByteArray()));
    }

    private void hangUp() {
        whole.completeExceptionally(new TooLong(bytesMax));
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /** The body exceeds the limit. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(int bytesMax) {
            super("a reply of more than " + bytesMax + " bytes");
        }
    }
}

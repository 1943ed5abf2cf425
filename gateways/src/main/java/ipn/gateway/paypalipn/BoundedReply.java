package ipn.gateway.paypalipn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Reads a reply of status 200 that is a word long, and hangs up on any other. */
final class BoundedReply implements BodySubscriber<String> {
    static final int BYTES_MAX = 64;
    static final BodyHandler<String> HANDLER = head -> new BoundedReply(head.statusCode());

    private final int status;
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES_MAX);
    private @Nullable Subscription subscription;

    /** The reply is not one that decides; the message is ours and safe to log. */
    static final class Unusable extends IOException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    private BoundedReply(int status) {
        this.status = status;
    }

    @Override
    public CompletionStage<String> getBody() {
        return text;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        if (status == 200) {
            subscription.request(Long.MAX_VALUE);
        } else {
            hangUp("status " + status);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            var room = Math.min(buffer.remaining(), BYTES_MAX + 1 - bytes.size());
            var part = new byte[room];
            buffer.get(part);
            bytes.write(part, 0, room);
        }
        if (bytes.size() > BYTES_MAX) {
            hangUp("a reply of more than " + BYTES_MAX + " bytes");
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        text.complete(bytes.toString(StandardCharsets.US_ASCII).strip());
    }

    private void hangUp(String why) {
        text.completeExceptionally(new Unusable(why));
        if (subscription != null) {
            subscription.cancel();
        }
    }
}

package ipn.gateway.paypalipn;

import ipn.gateway.Bytes;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.Verdict.Undecided;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks PayPal whether a message is its own, by sending it back. Only PayPal's two words decide; whatever else comes back, or
 * does not, leaves it undecided, and PayPal sends the message again later.
 */
final class PostBack {
    private static final byte[] PREFIX = "cmd=_notify-validate&".getBytes(StandardCharsets.US_ASCII);

    private final PostBackSettings settings;
    private final Semaphore free;
    private @Nullable CompletableFuture<HttpClient> client;

    PostBack(PostBackSettings settings) {
        this.settings = settings;
        this.free = new Semaphore(settings.inFlightMax());
    }

    /** Never waits, and never fails. */
    CompletionStage<Verdict> ask(Bytes body) {
        if (!free.tryAcquire()) {
            return CompletableFuture.completedFuture(
                    new Undecided("already " + settings.inFlightMax() + " post-backs in flight"));
        }
        return client().thenCompose(ready -> exchange(ready, body))
                .exceptionally(this::undecided)
                .whenComplete((verdict, failure) -> free.release());
    }

    private CompletableFuture<Verdict> exchange(HttpClient ready, Bytes body) {
        var exchange = ready.sendAsync(request(body), BoundedReply.HANDLER);
        var late = new Undecided("no whole answer from %s within %s".formatted(host(), settings.timeout()));
        return exchange.<Verdict>thenApply(this::verdict)
                .completeOnTimeout(late, settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((verdict, failure) -> exchange.cancel(true));
    }

    /** The body exactly as it came, behind the prefix. One array, so that the length is known: no chunks for PayPal. */
    private HttpRequest request(Bytes body) {
        var question = Arrays.copyOf(PREFIX, PREFIX.length + body.size());
        System.arraycopy(body.array(), 0, question, PREFIX.length, body.size());
        return HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("User-Agent", "ipn-post-back/1")
                .timeout(settings.timeout())
                .POST(BodyPublishers.ofByteArray(question))
                .build();
    }

    private Verdict verdict(HttpResponse<String> reply) {
        return switch (reply.body()) {
            case "VERIFIED" -> new Genuine("postback", host());
            case "INVALID" -> new Rejected(Reason.DENIED_BY_GATEWAY);
            default -> new Undecided(host() + " answered neither VERIFIED nor INVALID");
        };
    }

    private Verdict undecided(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        // other messages than ours might quote what was sent
        var why = cause instanceof BoundedReply.Unusable
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName();
        return new Undecided("no answer from %s: %s".formatted(host(), why));
    }

    private String host() {
        return settings.url().getHost();
    }

    /** Made at the first question, off the asking thread: reading the trust store takes longer than an event loop may. */
    private synchronized CompletableFuture<HttpClient> client() {
        var made = client;
        if (made == null) {
            made = CompletableFuture.supplyAsync(this::newClient);
            client = made;
        }
        return made;
    }

    private HttpClient newClient() {
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout());
        settings.trust().ifPresent(builder::sslContext);
        return builder.build();
    }
}

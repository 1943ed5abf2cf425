package ipn.http;

import ipn.gateway.content.Bytes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks gateways over HTTP/1.1, within bounds: whom, how long, how many at once, and how much is read. Redirects are not followed.
 *
 * <p>No method waits or throws. A stage fails with {@link NotAllowed} before anybody is asked, or with {@link Unreachable}; see
 * {@link HttpFailure#in}. What depends on a stage runs on the caller's thread or in the common pool.
 *
 * <p>Nothing is started before the first request. From then on there are one thread of the JDK's client and up to
 * four more that end when idle; all are daemons. There is nothing to close: a process ends without waiting
 * for a reply, and a client that nobody holds any more ends by itself.
 */
public final class BoundedHttp {
    private final HttpAccess access;
    private final Semaphore free;
    private final Executor workers;
    private @Nullable CompletableFuture<HttpClient> client;

    public BoundedHttp(HttpAccess access) {
        this.access = access;
        this.workers = Workers.create(access.route().name());
        this.free = new Semaphore(access.inFlightMax());
    }

    /**
     * Asks a URL out of a notification; a text that is no URL is {@link NotAllowed} too.
     *
     * @param headers of the request, as {@link #get(URI, Map, int)} takes them
     * @param bytesMax a longer body is cut off, and the stage fails
     */
    public CompletionStage<HttpReply> get(String url, Map<String, String> headers, int bytesMax) {
        URI parsed;
        try {
            parsed = URI.create(url);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new NotAllowed("not a URL"));
        }
        return get(parsed, headers, bytesMax);
    }

    /**
     * Asks a URL.
     *
     * @param headers of the request; a {@code User-Agent} is added if none is given
     * @param bytesMax a longer body is cut off, and the stage fails
     */
    public CompletionStage<HttpReply> get(URI url, Map<String, String> headers, int bytesMax) {
        return ask(url, headers, bytesMax, HttpRequest.Builder::GET);
    }

    /** Sends a body to a URL, with its length ahead. Otherwise as {@link #get(URI, Map, int)}. */
    public CompletionStage<HttpReply> post(URI url, Map<String, String> headers, Bytes body, int bytesMax) {
        return ask(url, headers, bytesMax, request -> request.POST(BodyPublishers.ofByteArray(body.array())));
    }

    private CompletionStage<HttpReply> ask(
            URI url, Map<String, String> headers, int bytesMax, UnaryOperator<HttpRequest.Builder> method) {
        HttpRequest request;
        try {
            request = request(access.route().resolve(url), headers, method);
        } catch (NotAllowed e) {
            return CompletableFuture.failedFuture(e);
        } catch (IllegalArgumentException e) {
            // its message quotes the header
            return CompletableFuture.failedFuture(new Unreachable("a request that HTTP cannot carry"));
        }
        if (!free.tryAcquire()) {
            var busy = "already " + access.inFlightMax() + " requests in flight";
            return CompletableFuture.failedFuture(new Unreachable(busy));
        }
        return answer(request, bytesMax);
    }

    private static HttpRequest request(
            URI url, Map<String, String> headers, UnaryOperator<HttpRequest.Builder> method) {
        var builder = HttpRequest.newBuilder(url).setHeader("User-Agent", "ipn/1");
        headers.forEach(builder::setHeader);
        return method.apply(builder).build();
    }

    private CompletionStage<HttpReply> answer(HttpRequest request, int bytesMax) {
        var late = new CompletableFuture<HttpResponse<Bytes>>()
                .orTimeout(access.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return client().thenComposeAsync(ready -> exchange(ready, request, bytesMax, late), workers)
                .applyToEither(late, response -> response)
                .whenComplete((response, failure) -> {
                    late.cancel(false);
                    free.release();
                })
                .handleAsync((response, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(unreachable(request.uri().getHost(), failure));
                    }
                    return HttpReply.of(response);
                });
    }

    /** Ends, and hangs up, when {@code late} does. */
    private static CompletableFuture<HttpResponse<Bytes>> exchange(
            HttpClient ready, HttpRequest request, int bytesMax, CompletableFuture<HttpResponse<Bytes>> late) {
        if (late.isDone()) {
            return late;
        }
        var exchange = ready.sendAsync(request, BoundedBody.upTo(bytesMax));
        return exchange.applyToEither(late, response -> response)
                .whenComplete((response, failure) -> exchange.cancel(true));
    }

    private Unreachable unreachable(String host, Throwable failure) {
        var cause = HttpFailure.unwrapped(failure);
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return new Unreachable("no whole answer from %s within %s".formatted(host, access.timeout()));
        }
        // other messages than ours might quote what was sent
        var why = cause instanceof BoundedBody.TooLong
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName();
        return new Unreachable("no answer from %s: %s".formatted(host, why));
    }

    /** Made at the first request, off the asking thread: reading the trust store takes longer than an event loop may. */
    private synchronized CompletableFuture<HttpClient> client() {
        var made = client;
        if (made == null || made.isCompletedExceptionally()) {
            made = CompletableFuture.supplyAsync(this::newClient, workers);
            client = made;
        }
        return made;
    }

    private HttpClient newClient() {
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(access.timeout())
                .executor(workers);
        access.trust().ifPresent(builder::sslContext);
        return builder.build();
    }
}

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
 * Sends requests to gateways over HTTP/1.1, with limits on hosts, duration, concurrency and response size. Redirects are not
 * followed.
 *
 * <p>No method blocks or throws. A stage fails with {@link NotAllowed} before a request is sent, or with {@link Unreachable}; see
 * {@link HttpFailure#in}. Dependent stages run on the caller's thread or in the common pool.
 *
 * <p>The first request starts one thread of the JDK's client and up to four more that end when idle; all are daemon threads. The
 * client needs no close: a process exits without waiting for a reply, and the garbage collector ends an unreferenced client.
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
     * Sends a GET request to a URL from a notification; a text that is no URL fails with {@link NotAllowed}, too.
     *
     * @param headers of the request, see {@link #get(URI, Map, int)}
     * @param bytesMax maximum size of the body; for a longer body the stage fails
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
     * Sends a GET request to a URL.
     *
     * @param headers of the request; a {@code User-Agent} is added if absent
     * @param bytesMax maximum size of the body; for a longer body the stage fails
     */
    public CompletionStage<HttpReply> get(URI url, Map<String, String> headers, int bytesMax) {
        return send(url, headers, bytesMax, HttpRequest.Builder::GET);
    }

    /** Sends a POST request with a {@code Content-Length}. Otherwise as {@link #get(URI, Map, int)}. */
    public CompletionStage<HttpReply> post(URI url, Map<String, String> headers, Bytes body, int bytesMax) {
        return send(url, headers, bytesMax, request -> request.POST(BodyPublishers.ofByteArray(body.array())));
    }

    private CompletionStage<HttpReply> send(
            URI url, Map<String, String> headers, int bytesMax, UnaryOperator<HttpRequest.Builder> method) {
        HttpRequest request;
        try {
            request = request(access.route().resolve(url), headers, method);
        } catch (NotAllowed e) {
            return CompletableFuture.failedFuture(e);
        } catch (IllegalArgumentException e) {
            // the exception's message contains the header
            return CompletableFuture.failedFuture(new Unreachable("an invalid HTTP request"));
        }
        if (!free.tryAcquire()) {
            var busy = "already " + access.inFlightMax() + " requests in flight";
            return CompletableFuture.failedFuture(new Unreachable(busy));
        }
        return ObservedExchange.of(request, () -> reply(request, bytesMax));
    }

    private static HttpRequest request(
            URI url, Map<String, String> headers, UnaryOperator<HttpRequest.Builder> method) {
        var builder = HttpRequest.newBuilder(url).setHeader("User-Agent", "ipn/1");
        headers.forEach(builder::setHeader);
        return method.apply(builder).build();
    }

    private CompletionStage<HttpReply> reply(HttpRequest request, int bytesMax) {
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

    /** Ends, and closes the connection, when {@code late} ends. */
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
            return new Unreachable("no complete answer from %s within %s".formatted(host, access.timeout()));
        }
        // messages of other exceptions might contain parts of the request
        var why = cause instanceof BoundedBody.TooLong
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName();
        return new Unreachable("no answer from %s: %s".formatted(host, why));
    }

    /** Created at the first request on another thread: reading the trust store would block an event loop for too long. */
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

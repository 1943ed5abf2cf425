package ipn.http;

import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The observer of each thread, and the exchanges that it learns of. */
final class ObservedExchange {
    private static final ThreadLocal<@Nullable HttpObserver> OF_THREAD = new ThreadLocal<>();

    private ObservedExchange() {}

    static <T> T during(HttpObserver observer, Supplier<T> call) {
        var before = OF_THREAD.get();
        OF_THREAD.set(observer);
        try {
            return call.get();
        } finally {
            if (before == null) {
                OF_THREAD.remove();
            } else {
                OF_THREAD.set(before);
            }
        }
    }

    /** Sends a request; the observer of this thread, if it has one, learns of it. */
    static CompletionStage<HttpReply> of(HttpRequest request, Supplier<CompletionStage<HttpReply>> exchange) {
        var observer = OF_THREAD.get();
        return observer == null ? exchange.get() : observed(observer, request, exchange);
    }

    /** What follows from the reply runs with the same observer. */
    private static CompletionStage<HttpReply> observed(
            HttpObserver observer, HttpRequest request, Supplier<CompletionStage<HttpReply>> exchange) {
        var end = observer.sent(request.method(), request.uri());
        var ended = new CompletableFuture<HttpReply>();
        var unused = exchange.get()
                .whenComplete((reply, failure) -> during(observer, () -> {
                    end.ended(reply == null ? 0 : reply.status());
                    return reply == null
                            ? ended.completeExceptionally(HttpFailure.unwrapped(failure))
                            : ended.complete(reply);
                }));
        return ended;
    }
}

package ipn.runtime.caller;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides about each request: who asks, whether not too often, and whether they may. What can be known at once is decided on the event loop; a
 * token that is new is verified elsewhere, and not too many at a time.
 */
public final class CallerGate {
    private static final int VERIFIED_AT_ONCE_MAX = 256;

    private final Vertx vertx;
    private final Clock clock;
    private final AtomicInteger verifying = new AtomicInteger();
    private volatile Rules rules;

    private record Rules(Callers callers, CallRates rates) {
        static Rules of(ListenSettings settings, Clock clock) {
            return new Rules(new Callers(settings.callers(), clock), new CallRates(settings.rate()));
        }
    }

    /** @param vertx on whose workers tokens are verified */
    public CallerGate(Vertx vertx, ListenSettings settings, Clock clock) {
        this.vertx = vertx;
        this.clock = clock;
        rules = Rules.of(settings, clock);
    }

    /** From now on these settings decide. */
    public void serve(ListenSettings settings) {
        rules = Rules.of(settings, clock);
    }

    /**
     * Who sends a request. Called on the event loop of the request; whoever reads its body pauses it meanwhile.
     *
     * @param needed one of these roles
     * @return failed with {@link RefusedException} if they get no answer
     */
    public Future<Caller> admit(HttpServerRequest request, Set<Role> needed) {
        var now = rules;
        var credentials = Credentials.of(request);
        try {
            var known = now.callers().known(credentials);
            return known.isPresent()
                    ? Future.succeededFuture(admitted(known.get(), needed, now))
                    : verify(now.callers(), credentials).map(caller -> admitted(caller, needed, now));
        } catch (RefusedException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Caller> verify(Callers callers, Credentials credentials) {
        if (verifying.incrementAndGet() > VERIFIED_AT_ONCE_MAX) {
            verifying.decrementAndGet();
            return Future.failedFuture(new RefusedException(Refusal.BUSY));
        }
        return vertx.executeBlocking(() -> callers.verify(credentials), false)
                .onComplete((caller, refused) -> verifying.decrementAndGet());
    }

    private static Caller admitted(Caller caller, Set<Role> needed, Rules now) {
        if (!now.rates().allows(caller.name(), System.nanoTime())) {
            throw new RefusedException(Refusal.TOO_MANY);
        }
        return caller.withAny(needed);
    }
}

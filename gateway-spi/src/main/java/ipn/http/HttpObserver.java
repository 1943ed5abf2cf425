package ipn.http;

import java.net.URI;
import java.util.function.Supplier;

/** Learns of the requests that are sent because of one delivery, and of those that follow from their replies. Must not block or throw. */
@FunctionalInterface
public interface HttpObserver {
    /**
     * A request is sent.
     *
     * @param url with what is confidential in it: only its host may be shown
     * @return learns of the end of the request, on any thread
     */
    End sent(String method, URI url);

    /** Learns of the end of one request. */
    @FunctionalInterface
    interface End {
        /** @param status of the reply; 0: there was none */
        void ended(int status);
    }

    /** Calls something; the observer learns of the requests that it sends. */
    static <T> T during(HttpObserver observer, Supplier<T> call) {
        return ObservedExchange.during(observer, call);
    }
}

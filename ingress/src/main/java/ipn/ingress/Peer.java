package ipn.ingress;

import io.vertx.core.http.HttpConnection;
import ipn.ingress.admission.Admission;

/**
 * One connection and its client. Used on the event loop of the connection only.
 *
 * @see Connections
 */
final class Peer {
    private final HttpConnection connection;
    private final Client client;
    private final Admission admission;
    private int requests;
    private long requestsEnded;
    private boolean expired;

    /** @param admission of the event loop of the connection */
    Peer(HttpConnection connection, Client client, Admission admission) {
        this.connection = connection;
        this.client = client;
        this.admission = admission;
    }

    Client client() {
        return client;
    }

    Admission admission() {
        return admission;
    }

    void requestBegins() {
        requests++;
    }

    /** @return whether the connection is to be closed after this response */
    boolean requestEnds() {
        requests--;
        requestsEnded++;
        return expired && !client.isProven();
    }

    /** How many requests have a response. */
    long requestsEnded() {
        return requestsEnded;
    }

    /** Closes a connection on which nothing authentic has arrived: now, or after the request that is being answered. */
    void expireUnlessProven() {
        expired = true;
        if (requests == 0 && !client.isProven()) {
            var unused = connection.close();
        }
    }
}

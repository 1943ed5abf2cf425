package ipn.ingress;

import io.vertx.core.http.HttpConnection;

/**
 * One connection and its client. Used on the event loop of the connection only.
 *
 * @see Connections
 */
final class Peer {
    private final HttpConnection connection;
    private final Client client;
    private int requests;
    private boolean expired;

    Peer(HttpConnection connection, Client client) {
        this.connection = connection;
        this.client = client;
    }

    Client client() {
        return client;
    }

    void requestBegins() {
        requests++;
    }

    /** @return whether the connection is to be closed after this response */
    boolean requestEnds() {
        requests--;
        return expired && !client.isProven();
    }

    /** Closes a connection on which nothing authentic has arrived: now, or after the request that is being answered. */
    void expireUnlessProven() {
        expired = true;
        if (requests == 0 && !client.isProven()) {
            var unused = connection.close();
        }
    }
}

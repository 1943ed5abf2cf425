package ipn.ingress;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the open connections: in all, of one client, and of all clients that have not sent an authentic delivery lately; a quarter of
 * all connections is kept for those that have. Behind a proxy that says the client's address, all connections are the proxy's, and
 * only the bound of all applies.
 */
final class Connections {
    private final Vertx vertx;
    private final IngressConfig config;
    private final Clients clients;
    private final AtomicInteger open;
    private final AtomicInteger strangers = new AtomicInteger();
    private final Map<HttpConnection, Peer> peers = new ConcurrentHashMap<>();

    /** @param open counts the open connections; shown as a metric */
    Connections(Vertx vertx, IngressConfig config, Clients clients, AtomicInteger open) {
        this.vertx = vertx;
        this.config = config;
        this.clients = clients;
        this.open = open;
    }

    /** Counts a new connection; closes it, and returns false, if it is one too many. */
    boolean accept(HttpConnection connection) {
        var client = clients.acquire(ClientAddress.of(connection.remoteAddress()));
        var stranger = !behindProxy() && !client.isProven();
        var fits = open.incrementAndGet() <= config.limits().connectionsMax();
        var own = client.connections().incrementAndGet();
        if (stranger) {
            fits &= strangers.incrementAndGet() <= strangersMax()
                    && own <= config.limits().connectionsPerClientMax();
        }
        var peer = new Peer(connection, client);
        peers.put(connection, peer);
        connection.closeHandler(closed -> onClose(connection, client, stranger));
        if (!fits) {
            var unused = connection.close();
        } else if (stranger) {
            vertx.setTimer(config.times().firstSuccess().toMillis(), timer -> peer.expireUnlessProven());
        }
        return fits;
    }

    /** The connection of a request. */
    Peer peer(HttpConnection connection) {
        return Optional.ofNullable(peers.get(connection)).orElseThrow();
    }

    private void onClose(HttpConnection connection, Client client, boolean stranger) {
        peers.remove(connection);
        open.decrementAndGet();
        client.connections().decrementAndGet();
        if (stranger) {
            strangers.decrementAndGet();
        }
        clients.release(client);
    }

    private int strangersMax() {
        var max = config.limits().connectionsMax();
        return max - max / 4;
    }

    private boolean behindProxy() {
        return config.clientAddressHeader().isPresent();
    }
}

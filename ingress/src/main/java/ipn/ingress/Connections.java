package ipn.ingress;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import ipn.ingress.admission.Admission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

    /**
     * Counts a new connection, or closes it and returns false if it is one too many. A refused connection is never counted, not even
     * until it is closed: however many are refused at once, the quarter that is kept stays free.
     *
     * @param admission of the event loop of the connection
     */
    boolean accept(HttpConnection connection, Admission admission) {
        var client = clients.acquire(ClientAddress.of(connection.remoteAddress()));
        var bounds = client.isProven() || behindProxy() ? ofAll() : ofStranger(client);
        var peer = new Peer(connection, client, admission);
        peers.put(connection, peer);
        if (!acquireAll(bounds)) {
            connection.closeHandler(closed -> onClose(connection, client));
            var unused = connection.close();
            return false;
        }
        var expiry = bounds.size() > 1 ? OptionalLong.of(expireLater(peer)) : OptionalLong.empty();
        connection.closeHandler(closed -> {
            // the timer refers to the connection, and that to all it has received
            expiry.ifPresent(vertx::cancelTimer);
            release(bounds);
            onClose(connection, client);
        });
        return true;
    }

    private long expireLater(Peer peer) {
        return vertx.setTimer(config.times().firstSuccess().toMillis(), timer -> peer.expireUnlessProven());
    }

    private void onClose(HttpConnection connection, Client client) {
        peers.remove(connection);
        clients.release(client);
    }

    /** The connection of a request. */
    Peer peer(HttpConnection connection) {
        return Optional.ofNullable(peers.get(connection)).orElseThrow();
    }

    private List<Bound> ofAll() {
        return List.of(new Bound(open, config.limits().connectionsMax()));
    }

    private List<Bound> ofStranger(Client client) {
        var max = config.limits().connectionsMax();
        return List.of(
                new Bound(client.connections(), config.limits().connectionsPerClientMax()),
                new Bound(strangers, max - max / 4),
                new Bound(open, max));
    }

    /** Takes one place of each bound, or none. */
    private static boolean acquireAll(List<Bound> bounds) {
        for (var i = 0; i < bounds.size(); i++) {
            if (!bounds.get(i).acquire()) {
                release(bounds.subList(0, i));
                return false;
            }
        }
        return true;
    }

    private static void release(List<Bound> bounds) {
        bounds.forEach(bound -> bound.count().decrementAndGet());
    }

    private boolean behindProxy() {
        return config.clientAddressHeader().isPresent();
    }

    /** A count that does not grow beyond a maximum. */
    private record Bound(AtomicInteger count, int max) {
        boolean acquire() {
            return count.getAndUpdate(now -> now < max ? now + 1 : now) < max;
        }
    }
}

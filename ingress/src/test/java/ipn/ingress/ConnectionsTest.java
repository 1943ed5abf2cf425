package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import ipn.ingress.admission.Admission;
import ipn.ingress.admission.Turn;
import ipn.ingress.admission.Waiting;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that close only when the test says so. */
class ConnectionsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Clients clients = new Clients();
    private final AtomicInteger open = new AtomicInteger();
    private final Connections connections = new Connections(
            vertx,
            Ingress.config("connections-max: 16, connections-per-client-max: 3, first-success-timeout: PT10M"),
            clients,
            open);

    @AfterEach
    void close() {
        Ingress.await("Vert.x is closed", vertx.close()::isComplete);
    }

    @Test
    void a_refused_connection_takes_no_place_while_it_closes() {
        proveItself("127.0.0.1");
        var refused = 0;
        for (var i = 0; i < 100; i++) {
            refused += accept(connection("127.0.1." + i, new ArrayList<>())) ? 0 : 1;
        }
        assertThat(refused).isEqualTo(88); // three quarters of 16 are taken
        for (var i = 0; i < 4; i++) {
            assertThat(accept(connection("127.0.0.1", new ArrayList<>()))).isTrue();
        }
        assertThat(open).hasValue(16);
    }

    @Test
    void a_place_is_free_again_after_a_close() {
        var closing = new ArrayList<Handler<Void>>();
        for (var i = 0; i < 3; i++) {
            assertThat(accept(connection("127.0.0.2", closing))).isTrue();
        }
        assertThat(accept(connection("127.0.0.2", new ArrayList<>()))).isFalse();
        closing.get(0).handle(null);
        assertThat(accept(connection("127.0.0.2", closing))).isTrue();
        assertThat(open).hasValue(3);
    }

    @Test
    void nothing_refers_to_a_connection_after_its_close() {
        var closed = acceptAndClose();
        Ingress.await("it is collected", () -> {
            System.gc();
            return closed.refersTo(null);
        });
    }

    private WeakReference<HttpConnection> acceptAndClose() {
        var closing = new ArrayList<Handler<Void>>();
        var connection = connection("127.0.0.2", closing);
        assertThat(accept(connection)).isTrue();
        closing.get(0).handle(null);
        return new WeakReference<>(connection);
    }

    private void proveItself(String address) {
        clients.prove(clients.acquire(ClientAddress.of(SocketAddress.inetSocketAddress(1, address))));
    }

    /** @param closing takes the handler of its close */
    private static HttpConnection connection(String address, ArrayList<Handler<Void>> closing) {
        return (HttpConnection) Proxy.newProxyInstance(
                ConnectionsTest.class.getClassLoader(),
                new Class<?>[] {HttpConnection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "remoteAddress" -> SocketAddress.inetSocketAddress(1, address);
                    case "close" -> Future.succeededFuture();
                    case "closeHandler" -> {
                        @SuppressWarnings("unchecked")
                        var handler = (Handler<Void>) arguments[0];
                        closing.add(handler);
                        yield proxy;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private boolean accept(HttpConnection connection) {
        return connections.accept(connection, new Admission(new Turn(), new Waiting(0)));
    }
}

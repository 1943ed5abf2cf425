package ipn.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.polling.Polling;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BrokerLinkTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int LONG_MILLIS = 300;

    private ServerSocket broker;
    private int port;
    private BrokerLink link;

    @BeforeEach
    void start() throws IOException {
        broker = new ServerSocket(0, 50, LOOPBACK);
        try (var free = new ServerSocket(0, 50, LOOPBACK)) {
            port = free.getLocalPort();
        }
        link = BrokerLink.start(port, broker.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        link.close();
        broker.close();
    }

    private Socket client() throws IOException {
        return new Socket(LOOPBACK, port);
    }

    private static void send(Socket to, int value) throws IOException {
        to.getOutputStream().write(value);
    }

    @Test
    void passes_bytes_both_ways() throws IOException {
        try (var client = client();
                var upstream = broker.accept()) {
            send(client, 1);
            assertThat(upstream.getInputStream().read()).isEqualTo(1);
            send(upstream, 2);
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void what_is_held_back_arrives_afterwards() throws Exception {
        try (var client = client();
                var upstream = broker.accept()) {
            var hanging = inBackground(() -> link.hang(LONG_MILLIS));
            var sentAt = System.nanoTime();
            assertThat(Polling.upTo(Duration.ofSeconds(5)).until(() -> !hanging.isDone()))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(LONG_MILLIS / 3); // it has begun
            send(client, 3);
            assertThat(upstream.getInputStream().read()).isEqualTo(3);
            assertThat(System.nanoTime() - sentAt).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(LONG_MILLIS / 2));
            hanging.get();
        }
    }

    @Test
    void connections_that_are_cut_end_and_new_ones_are_refused_until_it_is_over() throws Exception {
        try (var client = client();
                var upstream = broker.accept()) {
            link.cut(1);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(upstream.getInputStream().read()).isEqualTo(-1);
        }
        var cutting = inBackground(() -> link.cut(LONG_MILLIS));
        var refused = 0;
        while (!cutting.isDone()) {
            try (var client = client()) {
                client.setSoTimeout(LONG_MILLIS / 10);
                refused += client.getInputStream().read() == -1 ? 1 : 0;
            } catch (SocketTimeoutException e) {
                // it has not begun, or is over
            }
        }
        assertThat(refused).isGreaterThan(1);
        forgetConnections();
        passes_bytes_both_ways();
    }

    private void forgetConnections() throws IOException {
        broker.setSoTimeout(1);
        try {
            while (true) {
                broker.accept().close();
            }
        } catch (SocketTimeoutException e) {
            broker.setSoTimeout(0);
        }
    }

    @Test
    void a_broker_that_is_away_ends_the_connection_of_the_client() throws IOException {
        broker.close();
        try (var client = client()) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private interface Act {
        void run() throws InterruptedException;
    }

    private static CompletableFuture<Void> inBackground(Act act) {
        return CompletableFuture.runAsync(() -> {
            try {
                act.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}

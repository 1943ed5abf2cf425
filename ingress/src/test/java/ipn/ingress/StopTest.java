package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StopTest {
    private static final String BODY = "pay_1 evt_1";

    @Test
    void requests_in_flight_are_answered_and_new_ones_are_not_accepted() throws Exception {
        var ingress = new Ingress("", TestAccount.main());
        var stored = new CompletableFuture<Void>();
        ingress.raw.storing = records -> {
            ingress.raw.store(records);
            return stored;
        };
        assertThat(ingress.server.ready()).isTrue();
        try (var inFlight = ingress.open();
                var idle = ingress.open()) {
            idle.send(Post.unsigned(BODY).bytes()).mustAnswer();
            inFlight.send(Post.signed(BODY).bytes());
            Ingress.await("it is being stored", () -> ingress.raw.records.size() == 1);

            var stopping = CompletableFuture.runAsync(ingress::close);
            Ingress.await("it is no longer ready", () -> !ingress.server.ready());
            assertThat(idle.closed()).isTrue();
            Ingress.await("nobody is let in", () -> refusesConnections(ingress));
            assertThat(stopping).isNotDone();

            stored.complete(null);
            assertThat(inFlight.mustAnswer().status()).isEqualTo(200);
            assertThat(inFlight.closed()).isTrue();
            stopping.get();
        }
    }

    private static boolean refusesConnections(Ingress ingress) {
        try (var wire = ingress.open()) {
            return false;
        } catch (java.io.UncheckedIOException e) {
            return true;
        }
    }

    @Test
    void what_is_not_done_by_the_drain_timeout_is_cut_off() {
        var ingress = new Ingress("drain-timeout: PT0.3S", TestAccount.main());
        ingress.raw.storing = records -> new CompletableFuture<>();
        try (var inFlight = ingress.open()) {
            inFlight.send(Post.signed(BODY).bytes());
            Ingress.await("it is being stored", () -> ingress.bytesInFlight() > 0);
            ingress.close();
            assertThat(inFlight.answer()).isEmpty();
        }
    }

    @Test
    void a_port_that_is_taken_is_told_at_the_start() {
        try (var first = new Ingress("", TestAccount.main())) {
            var port = first.server.port();
            assertThatThrownBy(() -> new Ingress("port: " + port, TestAccount.main()))
                    .hasMessageContaining("in use");
        }
    }
}

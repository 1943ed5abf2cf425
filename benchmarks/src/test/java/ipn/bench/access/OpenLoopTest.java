package ipn.bench.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private static OpenLoop.Answers ask(int port) throws InterruptedException {
        return new OpenLoop(port, 4)
                .run(
                        100,
                        1,
                        (client, number) -> client.request(HttpMethod.GET, "/" + number)
                                .compose(request -> request.send())
                                .compose(response -> response.body().map(body -> response.statusCode())));
    }

    @Test
    void every_request_is_sent_and_its_answer_counts() throws Exception {
        var vertx = Vertx.vertx();
        try {
            var server = vertx.createHttpServer()
                    .requestHandler(request -> request.response()
                            .setStatusCode(request.path().endsWith("7") ? 503 : 200)
                            .end("answer"))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            var answers = ask(server.actualPort());

            assertThat(answers.statuses()).isEqualTo(Map.of(200, 90L, 503, 10L));
            assertThat(answers.other(200)).isEqualTo(10);
            assertThat(answers.nanos().getTotalCount()).isEqualTo(100);
            assertThat(answers.seconds()).isGreaterThan(0.9);
            server.close();
        } finally {
            var unused = vertx.close();
        }
    }

    @Test
    void without_a_server_no_request_has_an_answer() throws Exception {
        assertThat(ask(1).statuses()).isEqualTo(Map.of(0, 100L));
    }

    @Test
    void an_order_that_is_missing_or_there_twice_is_a_problem() {
        assertThat(new OrderLoad.Written(10, 0).problem(10)).isEmpty();
        assertThat(new OrderLoad.Written(11, 0).problem(10))
                .as("one whose answer was lost")
                .isEmpty();
        assertThat(new OrderLoad.Written(9, 0).problem(10)).isPresent();
        assertThat(new OrderLoad.Written(10, 1).problem(10)).isPresent();
    }
}

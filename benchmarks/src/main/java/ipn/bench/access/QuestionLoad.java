package ipn.bench.access;

import io.vertx.core.http.HttpMethod;
import java.util.SplittableRandom;

/**
 * Questions over HTTP in an open loop.
 *
 * @param port of the server
 * @param users to choose from
 */
record QuestionLoad(int port, int users) {
    private static final int CONNECTIONS = 32;

    OpenLoop.Answers run(int perSecond, int seconds) throws InterruptedException {
        var random = new SplittableRandom(2);
        return new OpenLoop(port, CONNECTIONS)
                .run(
                        perSecond,
                        seconds,
                        (client, number) -> client.request(
                                        HttpMethod.GET,
                                        "/v1/access/" + StoredAccess.user(random.nextInt(users)) + "/premium")
                                .compose(request -> request.send())
                                .compose(response -> response.body().map(body -> response.statusCode())));
    }
}

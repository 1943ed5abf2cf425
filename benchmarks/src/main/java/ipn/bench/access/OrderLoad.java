package ipn.bench.access;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;

/**
 * Orders over HTTP in an open loop.
 *
 * @param port of the server
 * @param tag part of every id, different in each run
 */
record OrderLoad(int port, String tag) {
    static final int CREATED = 201;
    private static final int CONNECTIONS = 256;

    /** What the topic has of the orders of a run. */
    record Written(int once, int moreThanOnce) {
        /** What is wrong, if so many orders were answered as written; empty: nothing. */
        Optional<String> problem(long created) {
            return moreThanOnce == 0 && once >= created
                    ? Optional.empty()
                    : Optional.of("%d answered with 201, %d once in the topic, %d more than once (expected: each once)"
                            .formatted(created, once, moreThanOnce));
        }
    }

    OpenLoop.Answers run(int perSecond, int seconds) throws InterruptedException {
        var createdAt = Instant.now();
        return new OpenLoop(port, CONNECTIONS)
                .run(
                        perSecond,
                        seconds,
                        (client, number) -> client.request(HttpMethod.PUT, "/v1/orders/" + id(number))
                                .compose(request -> request.putHeader("idempotency-key", "key-" + tag + number)
                                        .putHeader("content-type", "application/json")
                                        .send(body(number, createdAt)))
                                .compose(response -> response.body().map(body -> response.statusCode())));
    }

    private String id(int number) {
        return "o_" + tag + "_" + number;
    }

    private static Buffer body(int number, Instant createdAt) {
        return Buffer.buffer("""
                {"subject":"%s","product":"premium","amount":800,"currency":"USD","createdAt":"%s","live":false}
                """.formatted(StoredAccess.user(number), createdAt));
    }

    /** Reads the topic. */
    Written written(KafkaSettings kafka) {
        var counts = new HashMap<String, Integer>();
        try (var reader = TopicReader.open(kafka)) {
            var all = reader.all(kafka.topics().name(TopicCatalogue.ORDERS));
            reader.read(all, "reading orders", Progress.SILENT, record -> {
                var key = new String(record.key(), StandardCharsets.UTF_8);
                if (key.startsWith("o_" + tag + "_")) {
                    counts.merge(key, 1, Integer::sum);
                }
            });
        }
        var once = (int) counts.values().stream().filter(count -> count == 1).count();
        return new Written(once, counts.size() - once);
    }
}

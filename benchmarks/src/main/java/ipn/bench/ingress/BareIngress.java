package ipn.bench.ingress;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import ipn.bench.generator.ProducerSender;
import ipn.embedded.Owner;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Main class of the baseline: an HTTP server that sends the body of each request to a topic, and answers 200 when all replicas have acknowledged it. It
 * verifies nothing, bounds nothing, and writes no headers and no log: the least that one could do.
 * Arguments: port, bootstrap servers, topic.
 */
public final class BareIngress {
    static final String READY = "ready";

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private BareIngress() {}

    public static void main(String[] args) throws Exception {
        Owner.haltWithIt();
        var port = Integer.parseInt(args[0]);
        var topic = args[2];
        var producer = new KafkaProducer<>(
                ProducerSender.settings(args[1]), new ByteArraySerializer(), new ByteArraySerializer());
        producer.partitionsFor(topic);
        // as many event loops as the ingress has
        var instances =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        Vertx.vertx()
                .deployVerticle(() -> new Loop(port, topic, producer), instances)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        System.out.println(READY);
    }

    private static final class Loop extends AbstractVerticle {
        private final int port;
        private final String topic;
        private final KafkaProducer<byte[], byte[]> producer;

        Loop(int port, String topic, KafkaProducer<byte[], byte[]> producer) {
            this.port = port;
            this.topic = topic;
            this.producer = producer;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer()
                    .requestHandler(request -> receive(request, context))
                    .listen(port, "127.0.0.1")
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        private void receive(HttpServerRequest request, Context loop) {
            request.body()
                    .onSuccess(body -> {
                        var future = producer.send(
                                ProducerSender.record(topic, body.getBytes()),
                                (written, failure) -> loop.runOnContext(ignored -> request.response()
                                        .setStatusCode(failure == null ? OK : UNAVAILABLE)
                                        .end()));
                        Objects.requireNonNull(future);
                    })
                    .onFailure(failure ->
                            request.response().setStatusCode(UNAVAILABLE).end());
        }
    }
}

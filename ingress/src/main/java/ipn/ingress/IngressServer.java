package ipn.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import ipn.avro.RejectedAttempt;
import ipn.gateway.Accounts;
import ipn.gateway.Challenged;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Dismissed;
import ipn.gateway.Verdict.Genuine;
import ipn.runtime.SafeCause;
import ipn.runtime.http.BoundedVertx;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage: a delivery is proven to be the gateway's own over its exact bytes, stored unchanged in {@code ipn.raw}, and only
 * then acknowledged. The way of a notification is {@link #receive}, read from top to bottom.
 */
public final class IngressServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IngressServer.class);

    private final IngressConfig config;
    private final Clock clock;
    private final String topic;
    private final RawLog rawLog;
    private final RejectedLog rejectedLog;
    private final Verifiers verifiers;
    private final Map<String, ServedAccount> byPath;
    private final Exchange.Shared shared;
    private final Vertx vertx;
    private final HttpFront front;
    private volatile boolean draining;

    /** Starts to listen. Until Kafka answers it is not {@link #ready()} and every notification is answered with 503. */
    public static IngressServer start(
            IngressConfig config, Accounts accounts, KafkaSettings kafka, MeterRegistry registry, Clock clock) {
        var rawLog = new KafkaRawLog(kafka, config);
        var topic = kafka.topics().name(TopicCatalogue.REJECTED);
        var avro = kafka.serdes().serializer(RejectedAttempt.class);
        Consumer<RejectedAttempt> rejected = attempt -> rawLog.sendIfPossible(new ProducerRecord<>(
                topic, attempt.getAccount().getBytes(StandardCharsets.UTF_8), avro.serialize(topic, attempt)));
        try {
            var logs = new Logs(kafka.topics().name(TopicCatalogue.RAW), rawLog, rejected);
            return new IngressServer(config, accounts, logs, registry, clock);
        } catch (RuntimeException e) {
            rawLog.close();
            throw e;
        }
    }

    /** Where the stage writes. */
    record Logs(String topic, RawLog raw, Consumer<RejectedAttempt> rejected) {}

    IngressServer(IngressConfig config, Accounts accounts, Logs logs, MeterRegistry registry, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.topic = logs.topic();
        this.rawLog = logs.raw();
        var budget = new ByteBudget(config.limits().inFlightBytesMax());
        var metrics = new IngressMetrics(registry, budget);
        metrics.readiness(this::ready);
        rejectedLog = new RejectedLog(logs.rejected(), metrics);
        verifiers = new Verifiers(config.limits().verifiers());
        byPath = new HashMap<>();
        accounts.byName()
                .values()
                .forEach(account -> byPath.put(
                        account.id().path(),
                        ServedAccount.of(account, metrics, config.limits().rateLimit())));
        vertx = BoundedVertx.create(config.listen().eventLoops());
        shared = new Exchange.Shared(vertx, config, budget, metrics.ofNobody());
        front = new HttpFront(
                vertx,
                config,
                metrics,
                () -> new ExchangeLog().write(shared.nobody(), Answer.TOO_SLOW.outcome(), Answer.TOO_SLOW.status()));
        try {
            front.listen(this::receive, this::refuseUnreadable);
        } catch (RuntimeException e) {
            stopThreads();
            throw e;
        }
        LOG.atInfo()
                .addKeyValue("port", port())
                .addKeyValue("accounts", byPath.size())
                .log("Ingress listens");
    }

    /** The way of one notification. A step that refuses throws {@link Refusal}; whatever else is thrown is our fault. */
    private void receive(HttpServerRequest request) {
        // 1. From here on there is an answer by the deadline.
        var exchange = Exchange.open(request, shared);
        exchange.guard(() -> {
            // 2. Whose notification is it, and may it be read at all?
            HeadRules.checkForm(request);
            var account = accountAt(request.path());
            exchange.belongsTo(account);
            if (answersChallenge(exchange, account.account(), request)) {
                return;
            }
            HeadRules.checkFor(account.account(), request, config.limits().bodyBytesMax());

            // 3. The exact bytes.
            exchange.read(clock.instant())

                    // 4. Are they the gateway's own?
                    .compose(delivery -> authenticate(exchange, account.account(), delivery)

                            // 5. What is it about, without understanding it? One record an item, safe on every replica;
                            // what it told us to look at is stored beside it.
                            .compose(verdict -> verdict instanceof Genuine genuine
                                    ? publish(exchange, account, delivery, genuine)
                                    : Future.succeededFuture()))

                    // 6. Only now the gateway may forget it.
                    .onSuccess(stored -> exchange.guard(
                            () -> exchange.acknowledge(account.account().acknowledgement())))
                    .onFailure(exchange::refuse);
        });
    }

    /** The path is looked up as it was written: nothing is decoded, so there is no second way to write it. */
    private ServedAccount accountAt(String path) {
        var account = byPath.get(path);
        if (account == null) {
            throw new Refusal(Answer.NOT_FOUND);
        }
        return account;
    }

    /** Some gateways visit an address before they send anything there. */
    private static boolean answersChallenge(Exchange exchange, GatewayAccount account, HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) || !(account instanceof Challenged challenged)) {
            return false;
        }
        var answer = challenged.answer(Objects.requireNonNullElse(request.query(), ""));
        answer.ifPresent(exchange::acknowledge);
        return answer.isPresent();
    }

    /** Genuine, or dismissed: a stranger's, who is told the same and whose words are kept nowhere. */
    private Future<Verdict> authenticate(Exchange exchange, GatewayAccount account, Delivery delivery) {
        CompletionStage<Verdict> judged = account.slow()
                ? verifiers.submit(() -> account.authenticate(delivery, clock.instant()))
                : account.authenticate(delivery, clock.instant());
        return Future.fromCompletionStage(judged, exchange.context()).map(verdict -> {
            exchange.log().authenticated();
            if (verdict instanceof Genuine) {
                return verdict;
            }
            if (verdict instanceof Dismissed dismissed) {
                exchange.log().detail(dismissed.reason().name());
                rejectedLog.note(account.id(), delivery, dismissed.reason());
                return verdict;
            }
            throw refusal(exchange, account, delivery, verdict);
        });
    }

    private Refusal refusal(Exchange exchange, GatewayAccount account, Delivery delivery, Verdict verdict) {
        if (verdict instanceof Verdict.Rejected rejected) {
            exchange.log().detail(rejected.reason().name());
            rejectedLog.note(account.id(), delivery, rejected.reason());
            return new Refusal(Answer.NOT_AUTHENTIC);
        }
        exchange.log().detail(verdict instanceof Verdict.Undecided undecided ? undecided.why() : "no verdict");
        return new Refusal(Answer.UNDECIDED);
    }

    private Future<Void> publish(Exchange exchange, ServedAccount served, Delivery delivery, Genuine genuine) {
        if (!served.rate().allows(System.nanoTime())) {
            throw new Refusal(Answer.TOO_MANY_REQUESTS);
        }
        var account = served.account();
        var items = identify(account, delivery);
        takeCopies(exchange, delivery, items.size() - 1);
        var records = RawRecords.of(topic, account, delivery, genuine, items);
        for (var fetched : genuine.fetched()) {
            var found = identify(account, fetched);
            takeCopies(exchange, fetched, found.size());
            records.addAll(RawRecords.of(topic, account, fetched, genuine, found));
        }
        exchange.publishingBegins();
        return Future.fromCompletionStage(rawLog.append(records), exchange.context())
                .onComplete((stored, failure) -> {
                    exchange.log().published();
                    exchange.publishingEnded();
                })
                .recover(failure -> {
                    exchange.log().detail(failure.getClass().getSimpleName());
                    var tooLarge = failure instanceof RecordTooLargeException;
                    return Future.failedFuture(new Refusal(tooLarge ? Answer.TOO_LARGE : Answer.UNPUBLISHED));
                });
    }

    /** Authentic content is never refused, not even when its gateway stumbles over it. */
    private static List<Item> identify(GatewayAccount account, Delivery delivery) {
        List<Item> items = List.of();
        try {
            items = account.identify(delivery);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("A gateway failed to identify a delivery", SafeCause.forLog(e));
        }
        return items.isEmpty() ? List.of(Item.unidentified(account.id(), delivery.body())) : items;
    }

    /** Every further item of a batch, and what was fetched, is one more copy of a body in the producer's buffer. */
    private void takeCopies(Exchange exchange, Delivery delivery, long copies) {
        var bytes = copies * (delivery.body().size() + 1024L);
        if (bytes > shared.budget().max() / 2) {
            throw new Refusal(Answer.TOO_LARGE);
        }
        exchange.take(bytes);
    }

    private void refuseUnreadable(HttpServerRequest request) {
        var exchange = Exchange.open(request, shared);
        exchange.guard(() ->
                exchange.answer(Answer.toUnreadable(request.decoderResult().cause())));
    }

    /** The port it listens on. */
    public int port() {
        return front.port();
    }

    /** True while notifications can be stored: Kafka has answered, and the stage is not being stopped. */
    public boolean ready() {
        return !draining && rawLog.ready();
    }

    /** Not ready, then no new connections, then requests in flight get their answers, then the last records are sent. */
    @Override
    public void close() {
        draining = true;
        try {
            front.shutdown(config.times().drain());
        } finally {
            stopThreads();
        }
        LOG.info("Ingress stopped");
    }

    private void stopThreads() {
        rejectedLog.close(Duration.ofSeconds(1));
        verifiers.close();
        rawLog.close();
        BoundedVertx.await(vertx.close(), Duration.ofSeconds(5));
    }
}

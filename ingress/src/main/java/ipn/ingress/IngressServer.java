package ipn.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import ipn.avro.RejectedAttempt;
import ipn.gateway.Accounts;
import ipn.gateway.ChallengeResponder;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.RateLimit;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Dismissed;
import ipn.gateway.Verdict.Genuine;
import ipn.ingress.admission.Waiting;
import ipn.ingress.http.ErrorResponse;
import ipn.ingress.http.ErrorResponseException;
import ipn.ingress.http.HeadRules;
import ipn.ingress.log.Deferral;
import ipn.ingress.log.KafkaRawLog;
import ipn.ingress.log.RawLog;
import ipn.ingress.log.RawRecords;
import ipn.ingress.log.RejectedLog;
import ipn.runtime.SafeCause;
import ipn.runtime.http.BoundedVertx;
import ipn.runtime.metrics.KafkaMeters;
import ipn.runtime.traces.Traces;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import ipn.topics.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage: authenticates a delivery over its exact bytes, stores it unchanged in {@code ipn.raw}, and only then acknowledges
 * it. {@link #receive} shows the steps from top to bottom.
 */
public final class IngressServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IngressServer.class);

    /** How long refused requests without a line of their own wait for the line that counts them. */
    private static final Duration REFUSALS_FLUSHED = Duration.ofSeconds(10);

    private static final Duration WAITING_MEASURED = Duration.ofMillis(100);

    private final IngressConfig config;
    private final Clock clock;
    private final String topic;
    private final RawLog rawLog;
    private final Deferral deferral;
    private final RejectedLog rejectedLog;
    private final VerifierPool verifiers;
    private final IngressMetrics metrics;
    private volatile Map<String, ServedAccount> byPath;
    private final Exchange.Shared shared;
    private final Vertx vertx;
    private final Connections connections;
    private final RefusalLog refusals;
    private final HttpListener listener;
    private volatile boolean draining;

    /** Starts to listen. Until Kafka is reachable it is not {@link #ready()}, and every notification is answered with 503. */
    public static IngressServer start(
            IngressConfig config, Accounts accounts, KafkaSettings kafka, MeterRegistry registry, Clock clock) {
        return start(config, accounts, kafka, registry, Traces.OFF, clock);
    }

    /** As the other, with spans. */
    public static IngressServer start(
            IngressConfig config,
            Accounts accounts,
            KafkaSettings kafka,
            MeterRegistry registry,
            Traces traces,
            Clock clock) {
        var raw = kafka.topics().name(TopicCatalogue.RAW);
        var deferral = deferral(config, kafka.topics());
        var rawLog = new KafkaRawLog(
                ProducerSettings.producer(kafka, config),
                config.limits().refundsPerSecond() == 0 ? List.of(raw) : List.of(raw, deferral.topic()),
                ProducerSettings.queueTimeout(config),
                config.times().publish());
        var topic = kafka.topics().name(TopicCatalogue.REJECTED);
        var avro = kafka.serdes().serializer(RejectedAttempt.class);
        Consumer<RejectedAttempt> rejected = attempt -> rawLog.sendIfPossible(new ProducerRecord<>(
                topic, attempt.getAccount().getBytes(StandardCharsets.UTF_8), avro.serialize(topic, attempt)));
        try {
            var logs = new Logs(raw, rawLog, deferral, rejected);
            var server = new IngressServer(config, accounts, logs, registry, traces, clock);
            KafkaMeters.ofProducer("ingress", rawLog::metrics, registry);
            return server;
        } catch (RuntimeException e) {
            rawLog.close();
            throw e;
        }
    }

    static Deferral deferral(IngressConfig config, TopicCatalogue topics) {
        var atOnce = new RateLimit(config.limits().refundsPerSecond(), 1, System.nanoTime());
        return new Deferral(topics.name(TopicCatalogue.RAW_DEFERRED), topics.partitions(), atOnce);
    }

    /** Where the stage writes. */
    record Logs(String topic, RawLog raw, Deferral deferral, Consumer<RejectedAttempt> rejected) {}

    IngressServer(IngressConfig config, Accounts accounts, Logs logs, MeterRegistry registry, Clock clock) {
        this(config, accounts, logs, registry, Traces.OFF, clock);
    }

    IngressServer(
            IngressConfig config, Accounts accounts, Logs logs, MeterRegistry registry, Traces traces, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.topic = logs.topic();
        this.rawLog = logs.raw();
        this.deferral = logs.deferral();
        var budget = new ByteBudget(
                config.limits().inFlightBytesMax(), config.limits().bodyBytesMax());
        var waiting = new Waiting(System.nanoTime());
        metrics = new IngressMetrics(registry, budget, waiting, config.limits().connectionsMax());
        metrics.readiness(this::ready);
        rejectedLog = new RejectedLog(logs.rejected(), metrics::rejected);
        verifiers = new VerifierPool(config.limits().verifiers());
        byPath = served(accounts, Map.of());
        vertx = BoundedVertx.create(config.listen().eventLoops());
        var clients = new Clients();
        connections = new Connections(vertx, config, clients, metrics.connections());
        refusals = new RefusalLog();
        shared = new Exchange.Shared(vertx, config, budget, clients, metrics.forUnknownAccount(), refusals, traces);
        vertx.setPeriodic(WAITING_MEASURED.toMillis(), timer -> waiting.measure(System.nanoTime()));
        vertx.setPeriodic(REFUSALS_FLUSHED.toMillis(), timer -> refusals.flush());
        listener = new HttpListener(
                vertx, config, metrics, connections, earlyRefusals(waiting, clients), this::logHeadRefused);
        try {
            listener.listen(this::receive, this::rejectUnreadable);
        } catch (RuntimeException e) {
            stopThreads();
            throw e;
        }
        LOG.atInfo()
                .addKeyValue("port", port())
                .addKeyValue("accounts", byPath.size())
                .log("Ingress started");
    }

    /** An account that has changed keeps its meters; what it has left of its rate begins anew. */
    @SuppressWarnings("ReferenceEquality") // the same object: nothing about the account has changed
    private Map<String, ServedAccount> served(Accounts accounts, Map<String, ServedAccount> before) {
        var served = new HashMap<String, ServedAccount>();
        for (var account : accounts.byName().values()) {
            var path = account.id().path();
            var known = before.get(path);
            served.put(
                    path,
                    known != null && known.account() == account
                            ? known
                            : ServedAccount.create(
                                    account, metrics, config.limits().rateLimit()));
        }
        return Map.copyOf(served);
    }

    /** Serves these accounts from the next request on. */
    void serve(Accounts accounts) {
        byPath = served(accounts, byPath);
    }

    /**
     * Handles one notification. A step that rejects it throws {@link ErrorResponseException}; any other exception is a bug and
     * becomes 503.
     */
    private void receive(HttpServerRequest request) {
        // 1. From here on there is a response by the deadline.
        var exchange = open(request);
        exchange.guard(() -> {
            // 2. Find the account, and check the head before the body is read.
            exchange.reserve(HeadRules.bytes(request));
            HeadRules.checkForm(request);
            var account = accountAt(request.path());
            exchange.setAccount(account);
            if (answersChallenge(exchange, account.account(), request)) {
                return;
            }
            HeadRules.checkAccount(account.account(), request, config.limits().bodyBytesMax());
            exchange.admit();

            // 3. Read the exact bytes.
            exchange.read(clock.instant())

                    // 4. Authenticate them.
                    .compose(delivery -> authenticate(exchange, account.account(), delivery)

                            // 5. Identify the items without interpreting them, and store one record for each on every
                            // replica, together with the documents fetched because of them.
                            .compose(verdict -> verdict instanceof Genuine genuine
                                    ? publish(exchange, account, delivery, genuine)
                                    : Future.succeededFuture()))

                    // 6. Acknowledge: only now the gateway may forget it.
                    .onSuccess(stored -> exchange.guard(
                            () -> exchange.acknowledge(account.account().acknowledgement())))
                    .onFailure(exchange::fail);
        });
    }

    private EarlyRefusals.Shared earlyRefusals(Waiting waiting, Clients clients) {
        return new EarlyRefusals.Shared(
                waiting, clients, config.clientAddressHeader(), config.times().retryAfter(), this::metersAt, refusals);
    }

    private AccountMeters metersAt(String path) {
        var account = byPath.get(path);
        return account == null ? shared.unknownAccount() : account.meters();
    }

    /** Looks the path up without decoding it, so that each account has exactly one path. */
    private ServedAccount accountAt(String path) {
        var account = byPath.get(path);
        if (account == null) {
            throw new ErrorResponseException(ErrorResponse.NOT_FOUND);
        }
        return account;
    }

    /** Some gateways send a challenge to a new address before they use it. */
    private static boolean answersChallenge(Exchange exchange, GatewayAccount account, HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET) || !(account instanceof ChallengeResponder challenged)) {
            return false;
        }
        var answer = challenged.answer(Objects.requireNonNullElse(request.query(), ""));
        answer.ifPresent(exchange::acknowledge);
        return answer.isPresent();
    }

    /**
     * The verdict genuine or dismissed. A dismissed delivery is not authentic: its sender gets the same response as for an
     * authentic one, and nothing of it is stored.
     */
    private Future<Verdict> authenticate(Exchange exchange, GatewayAccount account, Delivery delivery) {
        Supplier<CompletionStage<Verdict>> verification =
                () -> exchange.trace().observing(() -> account.authenticate(delivery, clock.instant()));
        var verified = account.verifiesOffEventLoop() ? verifiers.submit(verification) : verification.get();
        return Future.fromCompletionStage(verified, exchange.context()).map(verdict -> {
            exchange.log().authenticated();
            if (verdict instanceof Genuine) {
                exchange.proven();
                return verdict;
            }
            if (verdict instanceof Dismissed dismissed) {
                exchange.log().detail(dismissed.reason().name());
                rejectedLog.add(account.id(), delivery, dismissed.reason());
                return verdict;
            }
            throw rejection(exchange, account, delivery, verdict);
        });
    }

    private ErrorResponseException rejection(
            Exchange exchange, GatewayAccount account, Delivery delivery, Verdict verdict) {
        if (verdict instanceof Verdict.Rejected rejected) {
            exchange.log().detail(rejected.reason().name());
            rejectedLog.add(account.id(), delivery, rejected.reason());
            return new ErrorResponseException(ErrorResponse.NOT_AUTHENTIC);
        }
        if (verdict instanceof Verdict.Throttled throttled) {
            exchange.log().detail(throttled.why());
            return new ErrorResponseException(ErrorResponse.TOO_MANY_LOOK_UPS);
        }
        exchange.log().detail(verdict instanceof Verdict.Undecided undecided ? undecided.why() : "no verdict");
        return new ErrorResponseException(ErrorResponse.UNDECIDED);
    }

    private Future<Void> publish(Exchange exchange, ServedAccount served, Delivery delivery, Genuine genuine) {
        if (!served.rate().allows(System.nanoTime())) {
            throw new ErrorResponseException(ErrorResponse.TOO_MANY_REQUESTS);
        }
        var account = served.account();
        var items = identify(account, delivery);
        reserveCopies(exchange, delivery, items.size() - 1);
        var trace = exchange.trace().ofRecords();
        var records = records(served, delivery, genuine, items, trace);
        for (var fetched : genuine.fetched()) {
            var found = identify(account, fetched);
            reserveCopies(exchange, fetched, found.size());
            records.addAll(records(served, fetched, genuine, found, trace));
        }
        config.sealer().ifPresent(sealer -> records.forEach(sealer::seal));
        exchange.publishingBegins(topic, records.size());
        return Future.fromCompletionStage(rawLog.append(records), exchange.context())
                .onComplete((stored, failure) -> {
                    exchange.log().published();
                    exchange.publishingEnded(failure == null);
                    var retries = served.meters().retries();
                    if (failure == null) {
                        retries.stored(items);
                    } else {
                        retries.notStored(account, delivery, items);
                    }
                })
                .recover(failure -> {
                    exchange.log().detail(failure.getClass().getSimpleName());
                    var tooLarge = failure instanceof RecordTooLargeException;
                    return Future.failedFuture(
                            new ErrorResponseException(tooLarge ? ErrorResponse.TOO_LARGE : ErrorResponse.UNPUBLISHED));
                });
    }

    /** One record for each item; of refunds and the like, those above their rate are for the topic of what waits. */
    private List<ProducerRecord<byte[], byte[]>> records(
            ServedAccount served, Delivery delivery, Genuine genuine, List<Item> items, TraceParent trace) {
        var account = served.account();
        var records = RawRecords.of(topic, account, delivery, genuine, items, trace);
        for (var i = 0; i < records.size(); i++) {
            if (account.mayWait(items.get(i)) && deferral.defers(System.nanoTime())) {
                records.set(i, deferral.deferred(account.id(), records.get(i)));
                served.meters().deferred();
            }
        }
        return records;
    }

    /** Authentic content is always accepted, even if the gateway's code fails to identify it. */
    private static List<Item> identify(GatewayAccount account, Delivery delivery) {
        List<Item> items = List.of();
        try {
            items = account.identify(delivery);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError()
                    .addKeyValue("gateway", account.id().gateway())
                    .addKeyValue("account", account.id().account())
                    .setCause(SafeCause.forLog(e))
                    .log("Gateway code failed to identify a delivery; it is stored as unidentified");
        }
        return items.isEmpty() ? List.of(Item.unidentified(account.id(), delivery.body())) : items;
    }

    /** Each further item of a batch, and each fetched document, is one more copy of a body in the producer's buffer. */
    private void reserveCopies(Exchange exchange, Delivery delivery, long copies) {
        var bytes = copies * (delivery.body().size() + 1024L);
        if (bytes > shared.budget().max() / 2) {
            throw new ErrorResponseException(ErrorResponse.TOO_LARGE);
        }
        exchange.reserve(bytes);
    }

    private Exchange open(HttpServerRequest request) {
        return Exchange.open(request, connections.peer(request.connection()), shared);
    }

    /** One line for a connection that was closed because of its head. */
    private void logHeadRefused(ErrorResponse response) {
        new RequestLog(refusals, RequestTrace.NONE)
                .write(shared.unknownAccount(), response.outcome(), response.status());
    }

    private void rejectUnreadable(HttpServerRequest request) {
        var exchange = open(request);
        exchange.guard(() -> exchange.respond(
                ErrorResponse.forUnreadableHead(request.decoderResult().cause())));
    }

    /** The port it listens on. */
    public int port() {
        return listener.port();
    }

    /** True while notifications can be stored: Kafka is reachable, and the stage is not stopping. */
    public boolean ready() {
        return !draining && rawLog.ready();
    }

    /** Becomes not ready, accepts no new connections, answers the requests in flight, then sends the last records. */
    @Override
    public void close() {
        draining = true;
        try {
            listener.shutdown(config.times().drain());
        } finally {
            stopThreads();
            refusals.flush();
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

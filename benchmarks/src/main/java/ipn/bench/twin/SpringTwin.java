package ipn.bench.twin;

import ipn.bench.load.EntitlementArrivals;
import ipn.bench.load.StageProcess;
import ipn.bench.load.StoredCalls;
import ipn.bench.measure.ProcessTree;
import ipn.bench.measure.ReadyCheck;
import ipn.bench.measure.StagesIdle;
import ipn.bench.measure.TopicRecords;
import ipn.bench.pipeline.Side;
import ipn.simulator.Sender;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/** The twin: its service and its database, each in processes of their own, on the broker of the pipeline. */
final class SpringTwin implements Contender, AutoCloseable {
    private static final String GROUP = "twin";
    private static final String RAW = "twin.raw";
    private static final String ENTITLEMENTS = "twin.entitlements";
    private static final String EVENT_KEY = "event-key";
    private static final String READY = "ready ";

    private final KafkaSettings kafka;
    private final Path data;
    private final int port;
    private final StageProcess database;
    private final StageProcess service;
    private final long postmaster;

    /**
     * How it runs.
     *
     * @param heapMegabytes the heap of its JVM
     * @param durable whether commits of the database wait for the disk
     */
    record Options(int heapMegabytes, boolean durable) {}

    private SpringTwin(
            TwinBuild build, KafkaSettings kafka, Path data, int port, Options options, Map<String, Sender> senders)
            throws IOException, InterruptedException {
        this.kafka = kafka;
        this.data = data;
        this.port = port;
        database = StageProcess.start(
                "database",
                data,
                Map.of(),
                build.java(
                        List.of("-Xmx256m", "-XX:+UseSerialGC"),
                        "ipn.twin.database.DatabaseMain",
                        List.of(
                                Integer.toString(port + 1),
                                data.resolve("postgres").toString(),
                                options.durable() ? "on" : "off")));
        try {
            postmaster = postmaster();
            service = service(build, options, senders);
        } catch (IOException | InterruptedException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Starts the database and the service; waits for the database, but not for the service.
     *
     * @param port of the service; the database uses the next one
     * @param senders the simulated gateways, whose secrets the service needs
     */
    static SpringTwin start(
            TwinBuild build, KafkaSettings kafka, Path data, int port, Options options, Map<String, Sender> senders)
            throws IOException, InterruptedException {
        return new SpringTwin(build, kafka, data, port, options, senders);
    }

    private long postmaster() throws IOException, InterruptedException {
        return Long.parseLong(
                database.awaitOutput(line -> line.startsWith(READY)).substring(READY.length()));
    }

    private StageProcess service(TwinBuild build, Options options, Map<String, Sender> senders) throws IOException {
        return StageProcess.start(
                "twin",
                data,
                Map.of(
                        "TWIN_STRIPE_SECRET", secret(senders, "stripe"),
                        "TWIN_RAZORPAY_SECRET", secret(senders, "razorpay"),
                        "TWIN_STANDARD_WEBHOOKS_SECRET", secret(senders, "standard-webhooks")),
                build.java(
                        List.of("-Xmx%sm".formatted(Integer.toString(options.heapMegabytes())), "-XX:+UseSerialGC"),
                        "ipn.twin.TwinApplication",
                        List.of(
                                "--server.port=" + port,
                                "--spring.kafka.bootstrap-servers="
                                        + kafka.clients().get("bootstrap.servers"),
                                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%s/postgres"
                                        .formatted(Integer.toString(port + 1)))));
    }

    private static String secret(Map<String, Sender> senders, String gateway) {
        return Objects.requireNonNull(senders.get(gateway)).secret();
    }

    @Override
    public Side side() {
        return Side.BASELINE;
    }

    @Override
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public EntitlementArrivals arrivals() throws InterruptedException {
        return EntitlementArrivals.start(kafka, ENTITLEMENTS, TwinEvent::cause);
    }

    @Override
    public StagesIdle idle(StagesIdle.Pace pace) throws InterruptedException, ExecutionException {
        return StagesIdle.open(kafka, List.of(GROUP), List.of(ENTITLEMENTS), pace);
    }

    @Override
    public Set<String> delayedTopics() {
        return Set.of();
    }

    @Override
    public Map<TopicPartition, Long> ends() {
        return TopicRecords.ends(kafka, List.of(RAW, ENTITLEMENTS));
    }

    @Override
    public Set<String> storedEventKeys(Map<TopicPartition, Long> begins) {
        return StoredCalls.eventKeys(kafka, RAW, EVENT_KEY, begins);
    }

    @Override
    public List<Emitted> emitted(Map<TopicPartition, Long> begins) {
        var events = new ArrayList<Emitted>();
        TopicRecords.readFrom(kafka, ENTITLEMENTS, begins, record -> events.add(TwinEvent.read(record.value())));
        return events;
    }

    /** The id of the process of the service. */
    long pid() {
        return service.pid();
    }

    /** The processes of the database server. */
    ProcessTree postgres() {
        return new ProcessTree(postmaster);
    }

    @Override
    public void stop() {
        service.close();
    }

    @Override
    public void kill() throws InterruptedException {
        service.kill();
    }

    @Override
    public void startAgain() throws IOException {
        service.startAgain();
    }

    @Override
    public void awaitReady() throws IOException {
        ReadyCheck.await(url().resolve("/actuator/health/readiness"), data);
    }

    @Override
    public void close() {
        service.close();
        database.close();
    }
}

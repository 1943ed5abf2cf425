package ipn.bench.ingress;

import ipn.bench.generator.LoadPlan;
import ipn.bench.generator.LoadPlan.Attack;
import ipn.bench.generator.LoadPlan.Kind;
import ipn.bench.generator.LoadPlan.Phase;
import ipn.bench.generator.LoadPlan.Target;
import ipn.bench.generator.LoadProcess;
import ipn.bench.load.RoundTags;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.StageProcess;
import ipn.bench.measure.Processors;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Runs rounds of all sides on one broker: ingress, bare handler, load and producer are processes of their own. */
final class IngressRounds implements AutoCloseable {
    private static final String TOPIC = "bench-bare";
    private static final int BARE_PORT = 10;

    private final SeparateStages stages;
    private final StageProcess bare;
    private final LoadProcess load;
    private final LoadProcess producer;
    private final int port;
    private final int connections;
    private final RoundTags tags = new RoundTags("i");
    private final List<String> differences = new ArrayList<>();

    private IngressRounds(
            SeparateStages stages, StageProcess bare, LoadProcess load, LoadProcess producer, RunOptions options) {
        this.stages = stages;
        this.bare = bare;
        this.load = load;
        this.producer = producer;
        this.port = options.port();
        this.connections = options.connections();
    }

    /** Starts all processes, and waits until they are ready. */
    static IngressRounds start(Path data, Processors processors, RunOptions options)
            throws IOException, InterruptedException, ExecutionException {
        var stages = SeparateStages.startIngress(data, options.port(), processors.servers());
        try {
            var kafka = stages.settings().kafka();
            createTopic(kafka);
            var bare = StageProcess.start(
                    Side.BARE.label(),
                    data,
                    Map.of(),
                    processors.servers(),
                    BareIngress.class,
                    Integer.toString(options.port() + BARE_PORT),
                    bootstrap(kafka),
                    TOPIC);
            var load = LoadProcess.start("load", data, processors.load());
            // the producer is the least that a server could be, so it runs where servers run
            var producer = LoadProcess.start(Side.PRODUCER.label(), data, processors.servers());
            var rounds = new IngressRounds(stages, bare, load, producer, options);
            bare.awaitOutput(BareIngress.READY);
            stages.awaitReady();
            return rounds;
        } catch (IOException | InterruptedException | ExecutionException e) {
            stages.close();
            throw e;
        }
    }

    private static void createTopic(KafkaSettings kafka) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(kafka.client())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, kafka.topics().partitions(), (short) 1)))
                    .all()
                    .get();
        }
    }

    private static String bootstrap(KafkaSettings kafka) {
        return kafka.client().getProperty("bootstrap.servers");
    }

    /** Closed loop: each of the connections sends its next call when it has the response to the last one. */
    Map<Side, Round> saturate(List<Side> order, int calls) throws IOException {
        var pair = new EnumMap<Side, Round>(Side.class);
        for (var side : order) {
            pair.put(side, measure(side, plan(side, calls, List.of())));
        }
        return pair;
    }

    /** Open loop. */
    Map<Side, Round> atRate(List<Side> order, Phase phase) throws IOException {
        var pair = new EnumMap<Side, Round>(Side.class);
        var calls = (int) Math.round(phase.rate() * phase.seconds());
        for (var side : order) {
            pair.put(side, measure(side, plan(side, calls, List.of(phase))));
        }
        return pair;
    }

    private Round measure(Side side, LoadPlan plan) throws IOException {
        var measured = new Measurement(stages.settings().kafka(), processes())
                .measure(side.label(), side == Side.PRODUCER ? producer : load, plan, topic(side));
        differences.addAll(measured.differences());
        var round = Round.of(side, measured.sent().outcomes(), measured.processorSeconds());
        System.err.printf(
                Locale.ROOT,
                "%s: %,d acknowledged in %.1f s, %.0f per second, p99 %.1f ms%n",
                side.label(),
                round.acknowledged(),
                round.seconds(),
                round.rate(),
                round.millis(99));
        return round;
    }

    private LoadPlan plan(Side side, int calls, List<Phase> phases) {
        return new LoadPlan(target(side), calls, tags.next(), phases, connections, connections, Attack.NONE, "");
    }

    private Target target(Side side) {
        return switch (side) {
            case INGRESS -> new Target(Kind.HTTP, "127.0.0.1:" + port, "");
            case BARE -> new Target(Kind.HTTP, "127.0.0.1:" + (port + BARE_PORT), "");
            case PRODUCER ->
                new Target(Kind.PRODUCER, bootstrap(stages.settings().kafka()), TOPIC);
        };
    }

    private String topic(Side side) {
        return side == Side.INGRESS ? stages.settings().kafka().topics().name(TopicCatalogue.RAW) : TOPIC;
    }

    private Map<String, Long> processes() throws IOException {
        var processes = new HashMap<>(stages.processIds());
        processes.put(Side.BARE.label(), bare.pid());
        processes.put(Side.PRODUCER.label(), producer.pid());
        processes.put("load", load.pid());
        return processes;
    }

    /** Everything that differs from what was expected, so far. */
    List<String> differences() {
        return differences;
    }

    @Override
    public void close() {
        load.close();
        producer.close();
        bare.close();
        stages.close();
    }
}

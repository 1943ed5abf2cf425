package ipn.bench.chaos;

import ipn.app.UserException;
import ipn.bench.compare.FigureTable;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.LoopbackSettings;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.SeparateStages.Behind;
import ipn.bench.measure.DataFolder;
import ipn.bench.results.BenchResult;
import ipn.bench.results.ResultOutput;
import ipn.bench.results.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench chaos}: faults under load, and what an oracle finds afterwards. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description =
                "Starts a separate pipeline with one JVM per process. In each round, sends a shuffled load of signed, repeated, malformed and forged"
                        + " notifications, inflicts one to three faults meanwhile, and waits until the pipeline has healed. Then compares each"
                        + " payment and each access with what is expected, and looks for records that are missing, there twice or out of order."
                        + " The last round's records are also altered, to see whether that is found. A seed decides on the load and the faults of a"
                        + " round. Exits with 1 if there is a difference.",
        footer = {
            "",
            "Examples:",
            "  ipn bench chaos                                 each fault once",
            "  ipn bench chaos --rounds 300 --seed 1000",
            "  ipn bench chaos --actions kill,freeze --ipns 5000 --rate 200",
            "  ipn bench chaos --cluster                       three brokers",
            "  ipn bench chaos --other-build ../release --actions swap-build",
            "  ipn bench chaos --actions step-clock --clock /usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
            "  ipn bench chaos --seed 1017 --rounds 1          one round again"
        })
public final class ChaosCommand implements Callable<Integer> {
    /** The port of the proxy before the broker, from that of the ingress. */
    private static final int LINK = 4;
    /** The first port of several brokers, from that of the ingress. */
    private static final int CLUSTER = 10;

    @Option(names = "--rounds", description = "Number of rounds. Default: as many as there are faults.")
    private int rounds;

    @Option(
            names = "--seed",
            description =
                    "Seed of the first round; each next one has the next seed. 0: a random one. Default: ${DEFAULT-VALUE}.")
    private long seed = 0;

    @Option(
            names = "--actions",
            split = ",",
            paramLabel = "ACTION",
            description =
                    "Kinds of faults: kill, away (killed for longer than a session), freeze, slow (a disk that stands still), take-over, lose-state, damage-state, full-disk, small-heap; few-replicas, roll (with --cluster); swap-build (with --other-build); step-clock (with --clock); delay, hang, cut, flap (of connections to the broker). Default: all.")
    private List<Action> actions = List.of();

    @Option(
            names = "--cluster",
            description =
                    "Three brokers in JVMs of their own instead of one, of which two must have a record: one, or too many, can be away.")
    private boolean cluster;

    @Option(
            names = "--other-build",
            paramLabel = "FOLDER",
            description =
                    "Another checkout in which ./ipn was built, such as that of the last release: stages are also started from it.")
    private Optional<Path> otherBuild = Optional.empty();

    @Option(
            names = "--clock",
            paramLabel = "LIBRARY",
            description =
                    "The file libfaketime.so.1 of the package faketime, with one broker: the wall clock of broker, registry, processor and projector is also set.")
    private Optional<Path> clock = Optional.empty();

    @Option(
            names = "--ipns",
            description = "Authentic notifications of a round, those sent again included. Default: ${DEFAULT-VALUE}.")
    private int ipns = 1_000;

    @Option(names = "--rate", description = "Calls per second. Default: ${DEFAULT-VALUE}.")
    private int rate = 60;

    @Option(
            names = "--port",
            description = "Port of the ingress; the other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    private int port = 18_080;

    @Mixin
    private ResultOutput output = new ResultOutput();

    @Override
    public Integer call() throws Exception {
        var info = RunInfo.now();
        var other =
                otherBuild.isPresent() ? Optional.of(OtherBuild.in(otherBuild.get())) : Optional.<OtherBuild>empty();
        var setup = new Fault.Setup(cluster, other.isPresent(), clock.isPresent());
        var faults = actions.isEmpty() ? Fault.all(setup) : Fault.of(actions, setup);
        if (faults.isEmpty()) {
            throw UserException.usage(
                    "--actions: %s (expected: some that are possible; some need --cluster, --other-build or --clock)"
                            .formatted(actions));
        }
        var first = seed == 0 ? new Random().nextInt(1_000_000) + 1 : seed;
        var count = rounds == 0 ? faults.size() : rounds;
        var data = DataFolder.create("chaos");
        var wallClock =
                clock.isPresent() ? Optional.of(WallClock.right(clock.get(), data)) : Optional.<WallClock>empty();
        var done = new ArrayList<Round>();
        var differences = new ArrayList<String>();
        var file = SettingsFile.create(data);
        try (var pipeline = cluster ? onCluster(data, file) : onOneBroker(data, file, wallClock)) {
            var stages = pipeline.stages();
            stages.awaitReady();
            try (var run = new Rounds(
                    stages,
                    new Injector(stages, pipeline.brokers(), other, wallClock),
                    file,
                    Files.createDirectories(data.resolve("typed")),
                    ipns,
                    rate)) {
                for (var i = 0; i < count; i++) {
                    System.err.printf("round %d of %d, seed %d%n", i + 1, count, first + i);
                    var round = run.run(first + i, Fault.ofRound(first + i, faults));
                    done.add(round);
                    System.err.println("  " + round.text());
                    round.differences().stream().limit(5).forEach(each -> System.err.println("  difference: " + each));
                }
                differences.addAll(run.missed());
            }
            LoadCommand.conservationAndRevisions(stages.settings(), differences);
        }
        var report = new ChaosReport(done);
        differences.addAll(report.differences());
        report.totals().forEach((name, value) -> System.out.println(name + ": " + value));
        var result = new BenchResult(
                "chaos",
                "Faults under load",
                "Faults of processes under load, and the time from when all of them run again until a purchase is entitled.",
                info,
                options(first, count),
                report.figures(),
                List.of(),
                Map.of("totals", report.totals(), "rounds", done),
                differences);
        return output.finish(result, FigureTable.lines(result.figures()), data);
    }

    /** Stages, and the brokers that they use. */
    private record Pipeline(SeparateStages stages, Brokers brokers) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            stages.close();
            brokers.close();
        }
    }

    private Pipeline onOneBroker(Path data, SettingsFile file, Optional<WallClock> wallClock)
            throws IOException, InterruptedException {
        var link = BrokerLink.start(port + LINK, new LoopbackSettings(port).brokerPort());
        var behind = new Behind(
                port + LINK,
                Optional.of(file.path()),
                Map.of(),
                wallClock.map(WallClock::environment).orElse(Map.of()));
        var stages = SeparateStages.startBehind(data, port, behind, LoopbackSettings.WITHOUT_BRAKE);
        return new Pipeline(stages, new OneBroker(stages, link));
    }

    private Pipeline onCluster(Path data, SettingsFile file) throws IOException {
        var brokers = BrokerCluster.start(data, port + CLUSTER);
        return new Pipeline(brokers.startStages(data, port, file), brokers);
    }

    private Map<String, Object> options(long first, int count) {
        var options = new LinkedHashMap<String, Object>();
        options.put("rounds", count);
        options.put("seed", first);
        options.put("actions", actions.stream().map(Action::toString).toList());
        options.put("cluster", cluster);
        options.put("otherBuild", otherBuild.isPresent());
        options.put("clock", clock.isPresent());
        options.put("ipns", ipns);
        options.put("rate", rate);
        return options;
    }
}

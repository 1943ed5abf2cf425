package ipn.bench.twin;

import ipn.bench.load.LoadCommand;
import ipn.bench.load.SeparateStages;
import ipn.bench.measure.DataFolder;
import ipn.bench.measure.ProcessorTimes;
import ipn.bench.pipeline.Meter;
import ipn.bench.pipeline.Side;
import ipn.bench.results.ResultOutput;
import ipn.bench.results.RunInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench twin}: the pipeline beside the service that a team would write instead. */
@Command(
        name = "twin",
        mixinStandardHelpOptions = true,
        description =
                "Starts a broker, the pipeline with one JVM per stage, and a service with Spring Boot and PostgreSQL that does a part of the same work."
                        + " Sends both the same notifications in alternating rounds, stops and starts both, kills both under load, and compares"
                        + " their results with the expected ones. Exits with 1 if there is a difference.",
        footer = {
            "",
            "Build the service before: " + TwinBuild.COMMAND,
            "",
            "Examples:",
            "  ipn bench twin",
            "  ipn bench twin --pairs 1 --notifications 2000 --rate-notifications 1000 --starts 1 --kills 1",
            "  ipn bench twin --json twin.json"
        })
public final class TwinCommand implements Callable<Integer> {
    private static final int TWIN_PORT_OFFSET = 10;

    @Mixin
    private TwinOptions options = new TwinOptions();

    @Option(names = "--twin", description = "Folder of the built service. Default: ${DEFAULT-VALUE}.")
    private Path twin = Path.of("benchmarks", "spring-twin", "target");

    @Mixin
    private ResultOutput output = new ResultOutput();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        var build = TwinBuild.find(twin)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "%s: no build of the Spring twin (expected: one of '%s')".formatted(twin, TwinBuild.COMMAND)));
        var data = DataFolder.create("twin");
        var report = measure(RunInfo.now(), build, data);
        return output.finish(report.result(), report.lines(), data);
    }

    private TwinReport measure(RunInfo run, TwinBuild build, Path data) throws Exception {
        try (var stages = SeparateStages.start(data, options.port)) {
            var kafka = stages.settings().kafka();
            var senders = LoadCommand.senders(stages.source());
            try (var service =
                    SpringTwin.start(build, kafka, data, options.port + TWIN_PORT_OFFSET, options.twin(), senders)) {
                stages.awaitReady();
                service.awaitReady();
                var contenders = new Contenders(new Pipeline(stages, kafka), service, senders, options.seed);
                return measure(run, stages, service, contenders);
            }
        }
    }

    private TwinReport measure(RunInfo run, SeparateStages stages, SpringTwin service, Contenders contenders)
            throws Exception {
        var differences = new ArrayList<String>();
        var speed = new SpeedRounds(contenders, meter(stages, service), options.connections, differences);
        System.err.println("warm-up ...");
        var unused = speed.pairs(1, options.warmUp.orElse(options.notifications), 0);
        var idle = speed.measureIdle();
        System.err.println("rounds at full speed ...");
        var fullSpeed = speed.pairs(options.pairs, options.notifications, 0);
        System.err.println("rounds at a fixed rate ...");
        var atRate = speed.pairs(options.pairs, options.rateNotifications, options.rate);
        var memory = MemoryUse.read(processes(stages, service), service);
        System.err.println("starts ...");
        var starts = new StartRounds(contenders).pairs(options.starts);
        System.err.println("kills ...");
        var kills = options.kills == 0
                ? Map.<Side, KillRounds.Result>of()
                : new KillRounds(
                                contenders,
                                options.kills,
                                Duration.ofSeconds(options.killSeconds),
                                options.killRate,
                                options.connections)
                        .run();
        // what the twin loses or repeats when it is killed is a result; what the pipeline does is an error
        Optional.ofNullable(kills.get(Side.CANDIDATE)).ifPresent(result -> differences.addAll(result.differences()));
        LoadCommand.conservation(stages.settings(), differences);
        return new TwinReport(run, options.json(), idle, fullSpeed, atRate, memory, starts, kills, differences);
    }

    private static Meter meter(SeparateStages stages, SpringTwin service) {
        var settings = stages.settings();
        return new Meter(
                () -> ProcessorTimes.read(processes(stages, service))
                        .with(Side.POSTGRES, service.postgres().processorTime()),
                stages.brokerRecords(),
                List.of(
                        settings.processor().configuration().applicationId(),
                        settings.projector().configuration().applicationId()));
    }

    /** All processes but those of the database. */
    private static Map<String, Long> processes(SeparateStages stages, SpringTwin service) {
        try {
            var processes = new HashMap<>(stages.processIds());
            processes.put(Side.TWIN, service.pid());
            processes.put(Side.LOAD, ProcessHandle.current().pid());
            return processes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

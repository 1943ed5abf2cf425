package ipn.bench.alerts;

import ipn.bench.measure.DataFolder;
import ipn.bench.results.BenchResult;
import ipn.bench.results.ResultOutput;
import ipn.bench.results.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench alerts}: faults in a running pipeline, and which alert of a real Prometheus notices each. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description =
                "Starts a separate pipeline with one JVM per process, an ordinary load and the canary, and a Prometheus (of the package prometheus of Debian) with the"
                        + " alert rules as deployed. Plants one fault after the other, waits for the alert that it should raise, does what its"
                        + " runbook says, and goes on. Exits with 1 if a fault was not noticed, another alert fired than those that are true of it, or"
                        + " no entitlement changed after what the runbook says was done.",
        footer = {
            "",
            "Examples:",
            "  ipn bench alerts                                       each fault once; takes two hours, mostly idle",
            "  ipn bench alerts --faults broker-away,wrong-secret",
            "  ipn bench alerts --hurry 5                             times of the rules divided by five",
            "  ipn bench alerts --quiet-for PT1H                      no fault: no alert may fire",
            "  ipn bench alerts --by-hand                             a drill: a person mends what the alerts name"
        })
public final class AlertsCommand implements Callable<Integer> {
    /** The port of Prometheus, from that of the ingress. */
    private static final int PROMETHEUS = 8;
    /** New JVMs are slow, which is not what is measured. */
    private static final Duration WARM_UP = Duration.ofSeconds(90);

    @Option(names = "--faults", split = ",", paramLabel = "FAULT", description = "Names of faults. Default: all.")
    private List<String> names = List.of();

    @Option(
            names = "--hurry",
            paramLabel = "N",
            description =
                    "Divide the times of the rules (for, ranges, offsets) and of Prometheus by N. Times are reported as they were measured. Default: ${DEFAULT-VALUE}.")
    private int hurry = 1;

    @Option(
            names = "--quiet-for",
            paramLabel = "DURATION",
            description = "Plant no fault; exit with 1 if an alert fires within this time.")
    private Optional<Duration> quietFor = Optional.empty();

    @Option(
            names = "--by-hand",
            description =
                    "A person mends the faults, at most half an hour each, from the folder desk of the data: its README says how. Without it, what the runbooks say is done.")
    private boolean byHand;

    @Option(names = "--rate", description = "Notifications per second. Default: ${DEFAULT-VALUE}.")
    private int rate = 20;

    @Option(
            names = "--port",
            description = "Port of the ingress; the other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    private int port = 18_080;

    @Option(names = "--prometheus", paramLabel = "FILE", description = "The program. Default: on the search path.")
    private Optional<Path> prometheus = Optional.empty();

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "The alert rules. Default: ${DEFAULT-VALUE}, of a checkout.")
    private Path rules = Path.of("deploy", "alerts.yaml");

    @Mixin
    private ResultOutput output = new ResultOutput();

    @Override
    public Integer call() throws Exception {
        var info = RunInfo.now();
        var factor = new Hurry(hurry);
        var program = PrometheusServer.program(prometheus);
        var deployed = Files.readString(rules);
        var faults = AlertFaults.named(names);
        var data = DataFolder.create("alerts");
        try (var scene = Scene.start(data, port, rate, WARM_UP);
                var server = PrometheusServer.start(
                        program,
                        data.resolve("prometheus"),
                        port + PROMETHEUS,
                        deployed,
                        factor,
                        scene.managementPorts());
                var watch = AlertWatch.start(server)) {
            var judgement = quietFor.isPresent()
                    ? quiet(watch, quietFor.get())
                    : new Judgement(
                            new Drills(scene, watch, factor, desk(data, scene, server)).run(faults),
                            watch.timeline().all(),
                            Instant.now());
            return finish(judgement, info, data);
        }
    }

    private Optional<Desk> desk(Path data, Scene scene, PrometheusServer server) throws IOException {
        return byHand ? Optional.of(Desk.open(data.resolve("desk"), scene, server)) : Optional.empty();
    }

    private static Judgement quiet(AlertWatch watch, Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        return new Judgement(List.of(), watch.timeline().all(), Instant.now());
    }

    private int finish(Judgement judgement, RunInfo info, Path data) throws IOException {
        var report = new AlertsReport(judgement);
        var differences = quietFor.isPresent()
                ? judgement.firings().stream()
                        .map(each -> "%s %s fired at %s".formatted(each.name(), each.labels(), each.began()))
                        .toList()
                : judgement.differences();
        var result = new BenchResult(
                "alerts",
                "Faults, and the alerts that notice them",
                "Faults that are planted in a running pipeline: which alert of Prometheus fires, and after how long.",
                info,
                options(),
                List.of(),
                List.of(),
                report.detail(),
                differences);
        var lines = quietFor.isPresent()
                ? List.of("%s of ordinary load, %d per second: %d alerts"
                        .formatted(quietFor.get(), rate, judgement.firings().size()))
                : report.table();
        return output.finish(result, lines, data);
    }

    private Map<String, Object> options() {
        var options = new LinkedHashMap<String, Object>();
        options.put("faults", names);
        options.put("hurry", hurry);
        options.put("rate", rate);
        options.put("byHand", byHand);
        options.put("quietFor", quietFor.map(Duration::toString).orElse(""));
        return options;
    }
}

package ipn.bench.projector;

import ipn.app.ExitCode;
import ipn.app.stack.Stack;
import ipn.avro.NotificationKind;
import ipn.bench.load.LoadCommand;
import ipn.bench.measure.MetricsSnapshot;
import ipn.bench.measure.ProgressWait;
import ipn.bench.measure.ResidentMemory;
import ipn.bench.measure.StallDetector;
import ipn.projector.ProjectorStage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench expiry}: many memberships end in a short time, while other users buy. */
@Command(
        name = "expiry",
        mixinStandardHelpOptions = true,
        description =
                "Starts a projector on an embedded Kafka, and writes memberships that all end within a given duration while other"
                        + " users buy. Exits with 1 unless the projector emits the end of each membership exactly once and at its"
                        + " time, no tick exceeds its limit, no consumer rebalances, and each purchase is granted.",
        footer = {
            "",
            "Examples:",
            "  ipn bench expiry                         a million memberships end within five minutes",
            "  ipn bench expiry --within PT1H           a million memberships end within an hour",
            "  ipn bench expiry --claims 20000 --within PT30S"
        })
public final class ExpiryBenchCommand implements Callable<Integer> {
    private static final int BASELINE_SECONDS = 20;
    private static final int LOADED_PER_SECOND = 1_000;
    private static final Duration WITHIN_MAX = Duration.ofDays(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(names = "--claims", description = "Number of memberships. Default: ${DEFAULT-VALUE}.")
    private int claims = 1_000_000;

    @Option(
            names = "--within",
            description = "Time from the first end to the last, at most a day. Default: ${DEFAULT-VALUE}.")
    private Duration within = Duration.ofMinutes(5);

    @Option(
            names = "--purchases",
            description = "Purchases of other users per second, before and during the ends. Default: ${DEFAULT-VALUE}.")
    private int purchases = 50;

    @Option(
            names = "--loading",
            description =
                    "Time from the start to the first end. All memberships must be granted and all users notified before."
                            + " Default: a minute, and a second for each 1,000 claims.")
    private Optional<Duration> loading = Optional.empty();

    private final Map<String, Object> report = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        require(claims > 0, "--claims: %d (expected: 1 or more)".formatted(claims));
        require(purchases > 0, "--purchases: %d (expected: 1 or more)".formatted(purchases));
        require(
                within.compareTo(Duration.ofSeconds(1)) >= 0 && within.compareTo(WITHIN_MAX) <= 0,
                "--within: %s (expected: PT1S to P1D)".formatted(within));
        EmbeddedProjector.run("expiry", this::measure);
        LoadCommand.print(report, differences);
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }

    private void measure(Stack stack) throws IOException, InterruptedException {
        var before = Rebalances.read();
        var kafka = stack.config().kafka();
        var until = loading.orElse(Duration.ofMinutes(1).plusSeconds(claims / LOADED_PER_SECOND));
        var memberships = new Memberships(claims, Instant.now().plus(until).truncatedTo(ChronoUnit.MILLIS), within);
        try (var gateway = new FalseRefunds(kafka);
                var ends = new MembershipEnds(kafka, memberships)) {
            load(stack, memberships, ends);
            var otherUsers = new Purchases(gateway, ends.grantedAt, purchases);
            var baseline = otherUsers.run("baseline", count -> count < BASELINE_SECONDS * purchases);
            requireInTime(memberships);
            var expiry = awaitEnds(memberships, ends, otherUsers);
            ProgressWait.whileProgressing(
                    "all users are notified of the end", () -> ends.notified(NotificationKind.ACCESS_ENDED), claims);
            check(ends);
            check(baseline);
            check(expiry);
        }
        check(before, Rebalances.read());
        check(MetricsSnapshot.fetch(stack.managementUrl()));
        report.put("residentMib", ResidentMemory.peakKib(ProcessHandle.current().pid()) / 1024);
    }

    private void load(Stack stack, Memberships memberships, MembershipEnds ends) {
        var startedAt = System.nanoTime();
        memberships.write(stack.config().kafka());
        ProgressWait.whileProgressing("all memberships are granted", ends.granted::get, claims);
        ProgressWait.whileProgressing(
                "all users are notified of the coming end",
                () -> ends.notified(NotificationKind.ACCESS_ENDING),
                claims);
        var seconds = TimeUnit.NANOSECONDS.toMillis(ends.lastGrantedAt - startedAt) / 1000.0;
        report.put("claims", claims);
        report.put("granted", ends.granted.get());
        report.put("grantedPerSecond", Math.round(ends.granted.get() / seconds));
        requireInTime(memberships);
    }

    private void requireInTime(Memberships memberships) {
        require(
                Instant.now().isBefore(memberships.firstEnd()),
                "--loading: too short, the first membership ended before all users were notified (expected: longer, such as PT1H)");
    }

    /** Other users buy until all memberships have ended, or until none ends for two minutes after the last should have. */
    private Purchases.Result awaitEnds(Memberships memberships, MembershipEnds ends, Purchases otherUsers) {
        ProgressWait.await("the first membership ends", () -> !Instant.now().isBefore(memberships.firstEnd()));
        ProgressWait.announce("all memberships have ended");
        var stall = new StallDetector();
        return otherUsers.run("expiry", count -> {
            var ended = ends.expired.get();
            return ended < claims && (Instant.now().isBefore(memberships.endsBy()) || !stall.stalled(ended));
        });
    }

    private void check(MembershipEnds ends) {
        var expired = ends.expired.get();
        report.put("expired", expired);
        report.put("secondsFromFirstToLast", ends.span().toMillis() / 1000.0);
        report.put("lagMillis", LoadCommand.percentiles(ends.lagMicros));
        report.put("notifications", new TreeMap<>(ends.notifications));
        expect("ended: each membership", expired == claims);
        expect("granted once, then ended once at its time: each membership", ends.unexpected.get() == 0);
        expect("notified of the end: each user once", ends.notified(NotificationKind.ACCESS_ENDED) == claims);
    }

    private void check(Purchases.Result result) {
        result.addTo(report);
        expect(result.phase() + ": all purchases are granted", result.missing() == 0);
    }

    private void check(Rebalances before, Rebalances after) {
        report.put("rebalances", after.since(before));
        expect("rebalances: the metric exists", before.total() > 0);
        expect("rebalances: 0", after.since(before) == 0);
    }

    private void check(MetricsSnapshot metrics) {
        var max = (int) metrics.value("ipn_projector_due_most");
        report.put("dueInOneTick", max);
        report.put("dueInOneTickMax", ProjectorStage.DUE_PER_TICK_MAX);
        expect("due in one tick: at most the limit", max <= ProjectorStage.DUE_PER_TICK_MAX);
    }

    private void expect(String expectation, boolean holds) {
        if (!holds) {
            differences.add("not met: " + expectation);
        }
    }
}

package ipn.bench.projector;

import ipn.app.ExitCode;
import ipn.app.stack.Stack;
import ipn.avro.NotificationKind;
import ipn.bench.load.LoadCommand;
import ipn.bench.measure.MetricsSnapshot;
import ipn.bench.measure.ProgressWait;
import ipn.bench.measure.ResidentMemory;
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

/** {@code bench expiry}: very many memberships end in a short time, while others buy. */
@Command(
        name = "expiry",
        mixinStandardHelpOptions = true,
        description =
                "Starts a projector on an embedded Kafka, gives users memberships, and lets all of them end within a stretch of"
                        + " time while others go on buying. Exits with 1 unless each is told to have ended exactly once, at its"
                        + " time, no tick of the clock did more than it may, partitions stayed where they were, and each purchase"
                        + " was granted.",
        footer = {
            "",
            "Examples:",
            "  ipn bench expiry                         a million end within five minutes",
            "  ipn bench expiry --within PT1H           within an hour",
            "  ipn bench expiry --claims 20000 --within PT30S"
        })
public final class ExpiryBenchCommand implements Callable<Integer> {
    private static final int CALM_SECONDS = 20;
    private static final int LOADED_PER_SECOND = 1_000;
    private static final Duration WITHIN_MAX = Duration.ofDays(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(names = "--claims", description = "memberships that end (default: ${DEFAULT-VALUE})")
    private int claims = 1_000_000;

    @Option(
            names = "--within",
            description = "how long it takes until all have, up to a day (default: ${DEFAULT-VALUE})")
    private Duration within = Duration.ofMinutes(5);

    @Option(names = "--purchases", description = "per second, before and meanwhile (default: ${DEFAULT-VALUE})")
    private int purchases = 50;

    @Option(
            names = "--loading",
            description = "how long after the start the first ends; by then all have been granted, and told of it"
                    + " (default: a minute, and a second for each 1,000 claims)")
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

    private void require(boolean so, String problem) {
        if (!so) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }

    private void measure(Stack stack) throws IOException, InterruptedException {
        var before = Rebalances.now();
        var kafka = stack.config().kafka();
        var until = loading.orElse(Duration.ofMinutes(1).plusSeconds(claims / LOADED_PER_SECOND));
        var memberships = new Memberships(claims, Instant.now().plus(until).truncatedTo(ChronoUnit.MILLIS), within);
        try (var gateway = new FalseRefunds(kafka);
                var endings = new MembershipEnds(kafka, memberships)) {
            load(stack, memberships, endings);
            var others = new Purchases(gateway, endings.grantedAt, purchases);
            var calm = others.make("calm", bought -> bought < CALM_SECONDS * purchases);
            inTime(memberships);
            var meanwhile = end(memberships, endings, others);
            ProgressWait.whileMoving("all users hear of it", () -> endings.told(NotificationKind.ACCESS_ENDED), claims);
            judge(endings);
            judge(calm);
            judge(meanwhile);
        }
        judge(before, Rebalances.now());
        judge(MetricsSnapshot.of(stack.managementUrl()));
        report.put("residentMib", ResidentMemory.peakKib(ProcessHandle.current().pid()) / 1024);
    }

    private void load(Stack stack, Memberships memberships, MembershipEnds endings) {
        var began = System.nanoTime();
        memberships.write(stack.config().kafka());
        ProgressWait.whileMoving("all memberships are granted", endings.granted::get, claims);
        ProgressWait.whileMoving(
                "all users know when they end", () -> endings.told(NotificationKind.ACCESS_ENDING), claims);
        var seconds = TimeUnit.NANOSECONDS.toMillis(endings.lastGrantedAt - began) / 1000.0;
        report.put("claims", claims);
        report.put("granted", endings.granted.get());
        report.put("grantedPerSecond", Math.round(endings.granted.get() / seconds));
        inTime(memberships);
    }

    private void inTime(Memberships memberships) {
        require(
                Instant.now().isBefore(memberships.endsFrom()),
                "--loading: too short, the first membership ended before all was ready (expected: longer, such as PT1H)");
    }

    /** Others buy until all memberships have ended, or none has for long after the last should. */
    private Purchases.Made end(Memberships memberships, MembershipEnds endings, Purchases others) {
        ProgressWait.await("the first ends", () -> !Instant.now().isBefore(memberships.endsFrom()));
        System.err.println("waiting until: all have ended");
        var patience = new ProgressWait();
        return others.make("expiry", bought -> {
            var ended = endings.expired.get();
            return ended < claims && (Instant.now().isBefore(memberships.endsBy()) || patience.moves(ended));
        });
    }

    private void judge(MembershipEnds endings) {
        var expired = endings.expired.get();
        report.put("expired", expired);
        report.put("secondsFromFirstToLast", endings.stretch().toMillis() / 1000.0);
        report.put("lagMillis", LoadCommand.percentiles(endings.lagMicros));
        report.put("notifications", new TreeMap<>(endings.notifications));
        expect("ended: all", expired == claims);
        expect("ended: once, having been granted once, at its time", endings.wrong.get() == 0);
        expect("users told that access ended: each once", endings.told(NotificationKind.ACCESS_ENDED) == claims);
    }

    private void judge(Purchases.Made made) {
        made.tell(report);
        expect(made.phase() + ": all purchases are granted", made.missing() == 0);
    }

    private void judge(Rebalances before, Rebalances after) {
        report.put("rebalances", after.since(before));
        expect("rebalances: counted", before.total() > 0);
        expect("rebalances: none", after.since(before) == 0);
    }

    private void judge(MetricsSnapshot meters) {
        var most = (int) meters.value("ipn_projector_due_most");
        report.put("dueInOneTick", most);
        report.put("dueInOneTickMax", ProjectorStage.DUE_PER_TICK_MAX);
        expect("due in one tick: at most the bound", most <= ProjectorStage.DUE_PER_TICK_MAX);
    }

    private void expect(String what, boolean so) {
        if (!so) {
            differences.add(what + ": not so");
        }
    }
}

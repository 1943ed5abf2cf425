package ipn.bench;

import ipn.app.SettingsSource;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.operations.Brake;
import ipn.operations.Operator;
import ipn.operations.Progress;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench brake}: a storm of false refunds, purchases meanwhile, and a release. */
@Command(
        name = "brake",
        mixinStandardHelpOptions = true,
        description =
                "Starts a projector on an embedded Kafka, lets users buy, refunds all of them within a minute while others go on"
                        + " buying, then releases what the brake withheld. Exits with 1 if more was told than the brake lets through, or"
                        + " anything but what was withheld is told by the release, or not exactly once.",
        footer = {
            "",
            "Examples:",
            "  ipn bench brake                         100,000 false refunds in a minute",
            "  ipn bench brake --refunds 20000 --seconds 20"
        })
final class BrakeBenchCommand implements Callable<Integer> {
    private static final long PATIENCE_SECONDS = 600;
    private static final int CALM_SECONDS = 20;

    @Option(names = "--refunds", description = "false ones (default: ${DEFAULT-VALUE})")
    private int refunds = 100_000;

    @Option(names = "--seconds", description = "within so many (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(names = "--purchases", description = "per second, before and meanwhile (default: ${DEFAULT-VALUE})")
    private int purchases = 50;

    private final Map<String, Object> report = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        var ports = Map.of(
                "IPN_MANAGEMENT_PORT", "0",
                "IPN_EMBEDDED_KAFKA_PORT", "0",
                "IPN_EMBEDDED_REGISTRY_PORT", "0",
                "IPN_EMBEDDED_STAND_IN_PORT", "0");
        var folder = Files.createTempDirectory("ipn-brake");
        try {
            measure(new StackPlan(SettingsSource.builtIn(ports), folder, EnumSet.of(Stage.PROJECTOR)));
        } finally {
            StallsCommand.delete(folder);
        }
        LoadCommand.print(report, differences);
        return differences.isEmpty() ? 0 : 1;
    }

    private void measure(StackPlan plan) throws Exception {
        try (var stack = Stack.start(plan, Announcer.SILENT);
                var gateway = new FalseRefunds(stack.config().kafka());
                var told = new Told(stack.config().kafka())) {
            var kafka = stack.config().kafka();
            var brake = new Brake(kafka, kafka.serdes(), Clock.systemUTC());
            buy(gateway, told);
            run(gateway, told, "calm", CALM_SECONDS, 0, number -> {});
            run(gateway, told, "storm", seconds, refunds, number -> gateway.refunded("user", number));
            storm(brake, told, stack.config().safeguards().brake().max());
            release(brake, told);
        }
    }

    private void buy(FalseRefunds gateway, Told told) {
        for (var number = 0; number < refunds; number++) {
            gateway.paid("user", number);
        }
        gateway.flush();
        await("all have bought", () -> told.grantedAt.size() == refunds);
    }

    /** Steps and purchases at fixed rates, whatever comes of them; then how long purchases took to be readable. */
    private void run(FalseRefunds gateway, Told told, String phase, int lasting, int steps, IntConsumer step) {
        var began = System.nanoTime();
        var buying = lasting * purchases;
        var stepped = 0;
        for (var bought = 0; bought < buying; bought++) {
            var until = (int) ((long) steps * (bought + 1) / buying);
            for (; stepped < until; stepped++) {
                step.accept(stepped);
            }
            gateway.paid(phase, bought);
            var due = began + TimeUnit.SECONDS.toNanos(lasting) * (bought + 1) / buying;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        gateway.flush();
        report.put(phase + "Seconds", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1000.0);
        var keys = IntStream.range(0, buying)
                .mapToObj(number -> "stripe/main/evt-paid-" + phase + "-" + number)
                .toList();
        await(
                phase + ": all purchases are granted",
                () -> told.grantedAt.keySet().containsAll(keys));
        var micros = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
        keys.forEach(key -> micros.recordValue(TimeUnit.NANOSECONDS.toMicros(
                told.grantedAt.getOrDefault(key, 0L) - gateway.sentAt().getOrDefault(key, 0L))));
        report.put(phase + "GrantReadableMillis", LoadCommand.percentiles(micros));
    }

    private void storm(Brake brake, Told told, long max) {
        await("all refunds are judged", () -> brake.status().total().held() + told.revoked.size() == refunds);
        var total = brake.status().total();
        report.put("toldDuringStorm", told.revoked.size());
        report.put("withheld", total.held());
        report.put("partitionsEngaged", total.engaged());
        expect("told during the storm: at most " + max, told.revoked.size() <= max);
    }

    private void release(Brake brake, Told told) {
        var withheld = brake.status().total().held();
        var began = System.nanoTime();
        var result = brake.release(new Operator("bench", Optional.of("measured")), Progress.SILENT);
        report.put("releaseSeconds", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1000.0);
        report.put("released", result.done());
        expect("released: what was withheld", result.complete() && result.done() == withheld);
        await("all are told", () -> told.revoked.size() >= refunds);
        expect(
                "revoked: each of those refunded",
                told.revoked.size() == refunds
                        && told.revoked.stream().allMatch(subject -> subject.startsWith("user-")));
        expect("revoked: once", told.twice.get() == 0);
        expect("withheld after the release: none", brake.status().idle());
    }

    private void expect(String what, boolean so) {
        if (!so) {
            differences.add(what + ": not so");
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        System.err.println("waiting until: " + what);
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(what + ": not within " + PATIENCE_SECONDS + " s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}

package ipn.bench.projector;

import ipn.app.stack.Stack;
import ipn.bench.load.LoadCommand;
import ipn.bench.measure.ProgressWait;
import ipn.operations.Operator;
import ipn.operations.brake.Brake;
import ipn.operations.topic.Progress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
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
public final class BrakeBenchCommand implements Callable<Integer> {
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
        EmbeddedProjector.run("brake", this::measure);
        LoadCommand.print(report, differences);
        return differences.isEmpty() ? 0 : 1;
    }

    private void measure(Stack stack) throws InterruptedException {
        var kafka = stack.config().kafka();
        try (var gateway = new FalseRefunds(kafka);
                var told = new EntitlementChanges(kafka)) {
            var brake = new Brake(kafka, kafka.serdes(), Clock.systemUTC());
            var others = new Purchases(gateway, told.grantedAt, purchases);
            buy(gateway, told);
            run(others, "calm", CALM_SECONDS, 0, number -> {});
            run(others, "storm", seconds, refunds, number -> gateway.refunded("user", number));
            storm(brake, told, stack.config().safeguards().brake().max());
            release(brake, told);
        }
    }

    private void buy(FalseRefunds gateway, EntitlementChanges told) {
        for (var number = 0; number < refunds; number++) {
            gateway.paid("user", number);
        }
        gateway.flush();
        ProgressWait.await("all have bought", () -> told.grantedAt.size() == refunds);
    }

    /** Others buy for so long, and meanwhile there are so many steps, at fixed rates both. */
    private void run(Purchases others, String phase, int lasting, int steps, IntConsumer step) {
        var buying = lasting * purchases;
        var stepped = new AtomicInteger();
        var made = others.make(phase, bought -> {
            var until = (int) ((long) steps * Math.min(bought + 1, buying) / buying);
            while (stepped.get() < until) {
                step.accept(stepped.getAndIncrement());
            }
            return bought < buying;
        });
        made.tell(report);
        expect(phase + ": all purchases are granted", made.missing() == 0);
    }

    private void storm(Brake brake, EntitlementChanges told, long max) {
        ProgressWait.await(
                "all refunds are judged", () -> brake.status().total().withheld() + told.revoked.size() == refunds);
        var total = brake.status().total();
        report.put("toldDuringStorm", told.revoked.size());
        report.put("withheld", total.withheld());
        report.put("partitionsEngaged", total.engaged());
        expect("told during the storm: at most " + max, told.revoked.size() <= max);
    }

    private void release(Brake brake, EntitlementChanges told) {
        var withheld = brake.status().total().withheld();
        var began = System.nanoTime();
        var result = brake.release(new Operator("bench", Optional.of("measured")), Progress.SILENT);
        report.put("releaseSeconds", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1000.0);
        report.put("released", result.done());
        expect("released: what was withheld", result.complete() && result.done() == withheld);
        ProgressWait.await("all are told", () -> told.revoked.size() >= refunds);
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
}

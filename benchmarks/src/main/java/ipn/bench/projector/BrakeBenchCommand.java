package ipn.bench.projector;

import ipn.app.stack.Stack;
import ipn.bench.load.LoadCommand;
import ipn.bench.measure.EntitlementChanges;
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

/** {@code bench brake}: many false refunds during normal purchases, and a release of the brake. */
@Command(
        name = "brake",
        mixinStandardHelpOptions = true,
        description =
                "Starts a projector on an embedded Kafka, writes purchases, and refunds all of them within a minute while other"
                        + " users buy. Then releases the withheld revocations. Exits with 1 if the projector emitted more revocations"
                        + " than 'brake.max' before the release, or if the release did not emit each withheld revocation exactly once.",
        footer = {
            "",
            "Examples:",
            "  ipn bench brake                         100,000 false refunds in a minute",
            "  ipn bench brake --refunds 20000 --seconds 20"
        })
public final class BrakeBenchCommand implements Callable<Integer> {
    private static final int BASELINE_SECONDS = 20;

    @Option(names = "--refunds", description = "Number of false refunds. Default: ${DEFAULT-VALUE}.")
    private int refunds = 100_000;

    @Option(names = "--seconds", description = "Duration of the refunds in seconds. Default: ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(
            names = "--purchases",
            description =
                    "Purchases of other users per second, before and during the refunds. Default: ${DEFAULT-VALUE}.")
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
                var changes = new EntitlementChanges(kafka)) {
            var brake = new Brake(kafka, kafka.serdes(), Clock.systemUTC());
            var otherUsers = new Purchases(gateway, changes.grantedAt(), purchases);
            buy(gateway, changes);
            run(otherUsers, "baseline", BASELINE_SECONDS, 0, number -> {});
            run(otherUsers, "refunds", seconds, refunds, number -> gateway.refunded("user", number));
            checkRefunds(
                    brake,
                    changes,
                    stack.config().projector().safeguards().brake().max());
            release(brake, changes);
        }
    }

    private void buy(FalseRefunds gateway, EntitlementChanges changes) {
        for (var number = 0; number < refunds; number++) {
            gateway.paid("user", number);
        }
        gateway.flush();
        ProgressWait.await(
                "all purchases are granted", () -> changes.grantedAt().size() == refunds);
    }

    /** Other users buy for some seconds, and the steps run meanwhile; both at a fixed rate. */
    private void run(Purchases otherUsers, String phase, int seconds, int steps, IntConsumer step) {
        var total = seconds * purchases;
        var stepped = new AtomicInteger();
        var result = otherUsers.run(phase, count -> {
            var target = (int) ((long) steps * Math.min(count + 1, total) / total);
            while (stepped.get() < target) {
                step.accept(stepped.getAndIncrement());
            }
            return count < total;
        });
        result.addTo(report);
        expect(phase + ": all purchases are granted", result.missing() == 0);
    }

    private void checkRefunds(Brake brake, EntitlementChanges changes, long max) {
        ProgressWait.await(
                "each refund is emitted as a revocation or withheld",
                () -> brake.status().total().withheld() + changes.revoked().size() == refunds);
        var total = brake.status().total();
        report.put("revokedDuringRefunds", changes.revoked().size());
        report.put("withheld", total.withheld());
        report.put("partitionsEngaged", total.engaged());
        expect("revoked during the refunds: at most " + max, changes.revoked().size() <= max);
    }

    private void release(Brake brake, EntitlementChanges changes) {
        var withheld = brake.status().total().withheld();
        var startedAt = System.nanoTime();
        var result = brake.release(new Operator("bench", Optional.of("benchmark")), Progress.SILENT);
        report.put("releaseSeconds", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt) / 1000.0);
        report.put("released", result.done());
        expect("released: each withheld revocation", result.complete() && result.done() == withheld);
        ProgressWait.await(
                "all revocations are emitted", () -> changes.revoked().size() >= refunds);
        expect(
                "revoked: each refunded user, and no other",
                changes.revoked().size() == refunds
                        && changes.revoked().stream().allMatch(subject -> subject.startsWith("user-")));
        expect("revoked: once", changes.revokedAgain() == 0);
        expect("withheld after the release: 0", brake.status().idle());
    }

    private void expect(String expectation, boolean holds) {
        if (!holds) {
            differences.add("not met: " + expectation);
        }
    }
}

package ipn.bench.access;

import ipn.access.AccessConfig;
import ipn.access.AccessServer;
import ipn.app.ExitCode;
import ipn.app.output.Table;
import ipn.client.AccessQuestion;
import ipn.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench access}: memory of an entry, time of an answer in process, and over HTTP. */
@Command(
        name = "access",
        mixinStandardHelpOptions = true,
        description =
                "Fills a cache with entries, and measures its memory, answers in process, and answers over HTTP in an open"
                        + " loop, with server and client in this JVM. With --pipeline, --orders or --separate it starts the access service"
                        + " in a JVM of its own, with a broker, and asks it from this one. Exits with 1 if an order is not in the topic exactly once.",
        footer = {
            "",
            "Examples:",
            "  ipn bench access",
            "  ipn bench access --entries 5000000 --rate 5000 --seconds 30",
            "  ipn bench access --entries 200000 --pipeline 200 --pairs 2   questions, in turn alone and beside a loaded pipeline",
            "  ipn bench access --rate 0 --orders 100,500,1000,2000         orders, at several rates"
        })
public final class AccessBenchCommand implements Callable<Integer> {
    private static final int BATCH = 1_000;
    private static final int WARM_UP_SECONDS = 5;

    @Option(names = "--entries", description = "Entries of the cache. Default: ${DEFAULT-VALUE}.")
    private int entries = 1_000_000;

    @Option(names = "--rate", description = "Questions per second over HTTP. Default: ${DEFAULT-VALUE}.")
    private int rate = 5_000;

    @Option(names = "--seconds", description = "Time of each measurement. Default: ${DEFAULT-VALUE}.")
    private int seconds = 20;

    @Option(
            names = "--separate",
            description = "Start the access service in a JVM of its own. Implied by --pipeline and --orders.")
    private boolean separate;

    @Option(
            names = "--pipeline",
            description =
                    "Also start the pipeline, and send so many notifications per second in every second phase. Default: none.")
    private int pipeline;

    @Option(names = "--pairs", description = "Phases without and with that load. Default: ${DEFAULT-VALUE}.")
    private int pairs = 1;

    @Option(names = "--orders", split = ",", description = "Rates of orders per second. Default: none.")
    private List<Integer> orders = List.of();

    @Option(
            names = "--warm-up",
            description = "Seconds before the first measurement of a separate service. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 30;

    @Option(names = "--java-options", split = " ", description = "Options of the JVM of the access service.")
    private List<String> javaOptions = List.of();

    @Option(
            names = "--port",
            description = "Port of the ingress; the other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    private int port = 18_560;

    private long allowed;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (separate || pipeline > 0 || !orders.isEmpty()) {
            var plan =
                    new SeparateAccess.Plan(port, entries, rate, seconds, warmUp, pipeline, pairs, orders, javaOptions);
            return new SeparateAccess(plan).run().isEmpty() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
        }
        var before = heap();
        var startedAt = System.nanoTime();
        var access = StoredAccess.of(entries, Clock.systemUTC());
        var filled = seconds(startedAt);
        var heap = heap() - before;
        var table = new Table("figure", "value")
                .row("entries", "%,d".formatted(entries))
                .row("written per second", "%,.0f".formatted(entries / filled))
                .row(
                        "bytes per entry, of the tables",
                        "%,d".formatted(access.store().bytes() / entries))
                .row("bytes per entry, of the heap", "%,d".formatted(heap / entries));
        inProcess(access, WARM_UP_SECONDS);
        row(table, "answer in process, one by one", inProcess(access, seconds));
        table.row("answer in process, mean of a loop", "%,.0f ns".formatted(meanNanos(access)));
        http(access, table);
        table.lines().forEach(System.out::println);
        System.out.printf("allowed: %,d%n", allowed);
        return ExitCode.DONE;
    }

    /** The times of single answers; reading the clock takes about 25 ns of each. */
    private Histogram inProcess(StoredAccess access, int time) {
        var nanos = new Histogram(TimeUnit.SECONDS.toNanos(10), 3);
        var random = new SplittableRandom(3);
        for (var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(time); System.nanoTime() < end; ) {
            for (var i = 0; i < BATCH; i++) {
                var question = AccessQuestion.of(StoredAccess.user(random.nextInt(entries)), "premium");
                var start = System.nanoTime();
                var answer = access.of(question);
                nanos.recordValue(System.nanoTime() - start);
                allowed += answer.isAllowed() ? 1 : 0;
            }
        }
        return nanos;
    }

    private double meanNanos(StoredAccess access) {
        var random = new SplittableRandom(4);
        var questions = new AccessQuestion[1 << 16];
        for (var i = 0; i < questions.length; i++) {
            questions[i] = AccessQuestion.of(StoredAccess.user(random.nextInt(entries)), "premium");
        }
        var rounds = 100;
        var start = System.nanoTime();
        for (var round = 0; round < rounds; round++) {
            for (var question : questions) {
                allowed += access.of(question).isAllowed() ? 1 : 0;
            }
        }
        return (System.nanoTime() - start) / ((double) rounds * questions.length);
    }

    private void http(StoredAccess access, Table table) throws InterruptedException {
        var config = AccessConfig.from(Settings.parse("access: {port: 0}"), Path.of("unused"));
        try (var server = AccessServer.start(config, access)) {
            var load = new QuestionLoad(server.port(), entries);
            var unused = load.run(rate, WARM_UP_SECONDS);
            var answers = load.run(rate, seconds);
            row(table, "answer over HTTP, %,d/s open loop".formatted(rate), answers.nanos());
            table.row("responses other than 200", "%,d".formatted(answers.other(200)));
        }
    }

    private static void row(Table table, String name, Histogram nanos) {
        table.row(
                name,
                "p50 %,.1f µs, p99 %,.1f µs, p99.9 %,.1f µs"
                        .formatted(micros(nanos, 50), micros(nanos, 99), micros(nanos, 99.9)));
    }

    private static double micros(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1000.0;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static long heap() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

package ipn.bench.access;

import ipn.app.output.Table;
import ipn.bench.Main;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.StageProcess;
import ipn.bench.measure.DataFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures the access service in a JVM of its own, from this one: questions with and without a loaded pipeline, and orders. */
final class SeparateAccess {
    private static final int LOAD_STARTS_SECONDS = 20;

    private final Plan plan;
    private final List<String> differences = new ArrayList<>();
    private final Table table = new Table("figure", "value");

    /**
     * What is measured.
     *
     * @param pipelineRate notifications per second that the pipeline processes meanwhile; 0: no pipeline
     * @param pairs phases without and with this load, in turn
     * @param orderRates orders per second, one measurement each
     * @param javaOptions of the JVM of the access service
     */
    record Plan(
            int port,
            int entries,
            int rate,
            int seconds,
            int warmUp,
            int pipelineRate,
            int pairs,
            List<Integer> orderRates,
            List<String> javaOptions) {
        Plan {
            orderRates = List.copyOf(orderRates);
            javaOptions = List.copyOf(javaOptions);
        }
    }

    SeparateAccess(Plan plan) {
        this.plan = plan;
    }

    /** Prints the figures; what is wrong. */
    List<String> run() throws IOException, InterruptedException {
        var data = DataFolder.create("access");
        try (var stages = plan.pipelineRate() > 0
                ? SeparateStages.start(data, plan.port())
                : SeparateStages.startBroker(data, plan.port())) {
            stages.awaitReady();
            SeededEntitlements.write(stages.settings().kafka(), plan.entries(), Instant.now());
            var access = stages.startAccess(plan.javaOptions());
            System.err.printf("access is process %d%n", access.pid());
            if (plan.rate() > 0) {
                questions(stages);
            }
            for (var rate : plan.orderRates()) {
                orders(stages, rate);
            }
        }
        table.lines().forEach(System.out::println);
        differences.forEach(System.out::println);
        if (differences.isEmpty()) {
            DataFolder.delete(data);
        }
        return differences;
    }

    private void questions(SeparateStages stages) throws IOException, InterruptedException {
        var load = new QuestionLoad(stages.accessPort(), plan.entries());
        System.err.println("warm-up ...");
        var unused = load.run(plan.rate(), plan.warmUp());
        if (plan.pipelineRate() > 0) {
            try (var pipeline = pipelineLoad(stages, plan.warmUp())) {
                awaitLoad(pipeline);
                unused = load.run(plan.rate(), plan.warmUp());
            }
        }
        for (var pair = 1; pair <= plan.pairs(); pair++) {
            measure("questions, %,d/s, alone".formatted(plan.rate()), load);
            if (plan.pipelineRate() > 0) {
                try (var pipeline = pipelineLoad(stages, plan.seconds())) {
                    awaitLoad(pipeline);
                    measure("questions, %,d/s, pipeline at %,d/s".formatted(plan.rate(), plan.pipelineRate()), load);
                }
            }
        }
    }

    private void measure(String name, QuestionLoad load) throws InterruptedException {
        var answers = load.run(plan.rate(), plan.seconds());
        row(name, answers);
        if (answers.other(200) > 0) {
            differences.add("%s: %s (expected: 200)".formatted(name, answers.statuses()));
        }
    }

    /** Sends notifications from a JVM of its own, until it is closed. */
    private StageProcess pipelineLoad(SeparateStages stages, int seconds) throws IOException {
        var ipns = plan.pipelineRate() * (LOAD_STARTS_SECONDS + seconds + 30);
        return StageProcess.start(
                "load",
                DataFolder.create("access-load"),
                Map.copyOf(stages.environment()),
                List.of(),
                Main.class,
                "load",
                "--rate",
                Integer.toString(plan.pipelineRate()),
                "--ipns",
                Integer.toString(ipns),
                "--url",
                stages.url().toString());
    }

    /** Its calls are signed first, and a JVM is slow in the beginning. */
    private static void awaitLoad(StageProcess pipeline) throws InterruptedException {
        System.err.printf("load is process %d%n", pipeline.pid());
        TimeUnit.SECONDS.sleep(LOAD_STARTS_SECONDS);
    }

    private void orders(SeparateStages stages, int rate) throws InterruptedException {
        var tag = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        if (rate == plan.orderRates().get(0)) {
            System.err.println("warm-up of orders ...");
            var unused = new OrderLoad(stages.accessPort(), "w" + tag).run(rate, plan.warmUp());
        }
        var load = new OrderLoad(stages.accessPort(), tag);
        var answers = load.run(rate, plan.seconds());
        row("orders, %,d/s".formatted(rate), answers);
        var written = load.written(stages.settings().kafka());
        table.row(
                "  of which",
                "statuses %s, once in the topic %,d, more than once %,d"
                        .formatted(answers.statuses(), written.once(), written.moreThanOnce()));
        var created = answers.statuses().getOrDefault(OrderLoad.CREATED, 0L);
        written.problem(created).ifPresent(problem -> differences.add("orders, %,d/s: %s".formatted(rate, problem)));
    }

    private void row(String name, OpenLoop.Answers answers) {
        var nanos = answers.nanos();
        table.row(
                name,
                "p50 %.2f, p90 %.2f, p99 %.2f, p99.9 %.2f, max %.0f ms; %,.0f answered per second"
                        .formatted(
                                nanos.getValueAtPercentile(50) / 1e6,
                                nanos.getValueAtPercentile(90) / 1e6,
                                nanos.getValueAtPercentile(99) / 1e6,
                                nanos.getValueAtPercentile(99.9) / 1e6,
                                nanos.getMaxValue() / 1e6,
                                nanos.getTotalCount() / answers.seconds()));
        System.err.println(name + ": p99 %.2f ms".formatted(nanos.getValueAtPercentile(99) / 1e6));
    }
}

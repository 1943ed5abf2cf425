package ipn.bench.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.output.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench authenticate}: how fast one thread judges, identifies and translates, gateway by gateway. */
@Command(
        name = "authenticate",
        mixinStandardHelpOptions = true,
        description =
                "Measures how fast one thread authenticates, identifies and translates one real signed notification"
                        + " of each gateway: keys at hand, code warm. Needs nothing running.",
        footer = {
            "",
            "Examples:",
            "  ipn bench authenticate                       every gateway, about half a minute each",
            "  ipn bench authenticate --gateway stripe --forks 3",
            "  ipn bench authenticate --json > speed.json"
        })
public final class AuthenticateCommand implements Callable<Integer> {
    private static final int WARM_UPS = 3;
    private static final int MEASUREMENTS = 5;
    private static final TimeValue WARM_UP = TimeValue.milliseconds(400);
    private static final TimeValue MEASUREMENT = TimeValue.milliseconds(300);

    @Option(
            names = "--gateway",
            converter = GatewayOption.class,
            description = "one gateway; may be given several times (default: all of them)")
    private List<MeasuredGateway> gateways = List.of();

    @Option(names = "--forks", description = "JVMs for each figure (default: ${DEFAULT-VALUE})")
    private int forks = 1;

    @Option(names = "--json", description = "the figures as JSON; the table goes to standard error")
    private boolean json;

    /** One gateway's figures. */
    private record Measured(String gateway, String scheme, int bodyBytes, List<CallRate> speeds) {}

    @Override
    public Integer call() throws RunnerException, JsonProcessingException {
        var measured = new ArrayList<Measured>();
        var leftOut = new ArrayList<String>();
        for (var gateway : gateways.isEmpty() ? MeasuredGateway.all() : gateways) {
            if (gateway.asksEachTime()) {
                leftOut.add(gateway.name());
                continue;
            }
            System.err.println(gateway.name() + " ...");
            measured.add(new Measured(
                    gateway.name(),
                    gateway.genuine().scheme(),
                    gateway.delivery().body().size(),
                    speeds(gateway.name())));
        }
        report(measured, leftOut);
        return 0;
    }

    private List<CallRate> speeds(String gateway) throws RunnerException {
        var options = new OptionsBuilder()
                .include(GatewayBenchmark.class.getName())
                .param("gateway", gateway)
                .mode(Mode.Throughput)
                .threads(1)
                .forks(forks)
                .warmupIterations(WARM_UPS)
                .warmupTime(WARM_UP)
                .measurementIterations(MEASUREMENTS)
                .measurementTime(MEASUREMENT)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        return new Runner(options).run().stream().map(CallRate::of).toList();
    }

    private void report(List<Measured> measured, List<String> leftOut) throws JsonProcessingException {
        var out = json ? System.err : System.out;
        table(measured).lines().forEach(out::println);
        leftOut.forEach(name -> out.println(name + ": left out, the gateway is asked over the network every time"));
        if (json) {
            System.out.println(new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of(
                            "java",
                            System.getProperty("java.vm.version"),
                            "threads",
                            1,
                            "gateways",
                            measured.stream().map(AuthenticateCommand::view).toList(),
                            "leftOut",
                            leftOut)));
        }
    }

    private static Table table(List<Measured> measured) {
        var table = new Table("gateway", "scheme", "body", "question", "ops/s", "µs/op", "error");
        for (var each : measured) {
            for (var speed : each.speeds()) {
                table.row(
                        each.gateway(),
                        each.scheme(),
                        each.bodyBytes() + " B",
                        speed.question(),
                        String.format(Locale.ROOT, "%,.0f", speed.perSecond()),
                        String.format(Locale.ROOT, "%.2f", speed.micros()),
                        String.format(Locale.ROOT, "±%.0f %%", speed.errorPercent()));
            }
        }
        return table;
    }

    private static Map<String, Object> view(Measured measured) {
        var view = new LinkedHashMap<String, Object>();
        view.put("gateway", measured.gateway());
        view.put("scheme", measured.scheme());
        view.put("bodyBytes", measured.bodyBytes());
        for (var speed : measured.speeds()) {
            view.put(
                    speed.question(),
                    Map.of(
                            "opsPerSecond", speed.perSecond(),
                            "microsPerOp", speed.micros(),
                            "errorOpsPerSecond", speed.error()));
        }
        return view;
    }
}

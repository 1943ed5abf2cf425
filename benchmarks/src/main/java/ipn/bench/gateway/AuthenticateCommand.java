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

/** {@code bench authenticate}: measures how fast one thread authenticates, identifies and translates, by gateway. */
@Command(
        name = "authenticate",
        mixinStandardHelpOptions = true,
        description = "Measures how fast one thread authenticates, identifies and translates one authentic notification"
                + " of each gateway, with cached keys and warm code. Needs no running pipeline.",
        footer = {
            "",
            "Examples:",
            "  ipn bench authenticate                       every gateway, about 30 seconds each",
            "  ipn bench authenticate --gateway stripe --forks 3",
            "  ipn bench authenticate --json > rates.json"
        })
public final class AuthenticateCommand implements Callable<Integer> {
    private static final int WARM_UPS = 3;
    private static final int MEASUREMENTS = 5;
    private static final TimeValue WARM_UP = TimeValue.milliseconds(400);
    private static final TimeValue MEASUREMENT = TimeValue.milliseconds(300);

    @Option(
            names = "--gateway",
            converter = GatewayOption.class,
            description = "Gateway to measure; can be repeated. Default: all gateways.")
    private List<MeasuredGateway> gateways = List.of();

    @Option(names = "--forks", description = "Number of JVMs for each figure. Default: ${DEFAULT-VALUE}.")
    private int forks = 1;

    @Option(names = "--json", description = "Print the figures as JSON, and the table to standard error.")
    private boolean json;

    /** The figures of one gateway. */
    private record Measured(String gateway, String scheme, int bodyBytes, List<CallRate> rates) {}

    @Override
    public Integer call() throws RunnerException, JsonProcessingException {
        var measured = new ArrayList<Measured>();
        var skipped = new ArrayList<String>();
        for (var gateway : gateways.isEmpty() ? MeasuredGateway.all() : gateways) {
            if (gateway.sendsRequests()) {
                skipped.add(gateway.name());
                continue;
            }
            System.err.println(gateway.name() + " ...");
            measured.add(new Measured(
                    gateway.name(),
                    gateway.genuine().scheme(),
                    gateway.delivery().body().size(),
                    measure(gateway.name())));
        }
        report(measured, skipped);
        return 0;
    }

    private List<CallRate> measure(String gateway) throws RunnerException {
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

    private void report(List<Measured> measured, List<String> skipped) throws JsonProcessingException {
        var out = json ? System.err : System.out;
        table(measured).lines().forEach(out::println);
        skipped.forEach(name -> out.println(name + ": skipped, each authentication sends a request to the gateway"));
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
                            "skipped",
                            skipped)));
        }
    }

    private static Table table(List<Measured> measured) {
        var table = new Table("gateway", "scheme", "body", "operation", "ops/s", "µs/op", "error");
        for (var each : measured) {
            for (var rate : each.rates()) {
                table.row(
                        each.gateway(),
                        each.scheme(),
                        each.bodyBytes() + " B",
                        rate.operation(),
                        String.format(Locale.ROOT, "%,.0f", rate.perSecond()),
                        String.format(Locale.ROOT, "%.2f", rate.micros()),
                        String.format(Locale.ROOT, "±%.0f %%", rate.errorPercent()));
            }
        }
        return table;
    }

    private static Map<String, Object> view(Measured measured) {
        var view = new LinkedHashMap<String, Object>();
        view.put("gateway", measured.gateway());
        view.put("scheme", measured.scheme());
        view.put("bodyBytes", measured.bodyBytes());
        for (var rate : measured.rates()) {
            view.put(
                    rate.operation(),
                    Map.of(
                            "opsPerSecond", rate.perSecond(),
                            "microsPerOp", rate.micros(),
                            "errorOpsPerSecond", rate.error()));
        }
        return view;
    }
}

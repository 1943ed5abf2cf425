package ipn.bench.ingress;

import ipn.bench.measure.Processors;
import ipn.bench.results.ResultOutput;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that the benchmarks of the ingress share. */
final class RunOptions {
    @Option(names = "--connections", description = "Number of keep-alive connections. Default: ${DEFAULT-VALUE}.")
    private int connections = 64;

    @Option(
            names = "--load-processors",
            paramLabel = "NUMBER",
            description =
                    "Processors of the machine that only the load generator uses, and no other process (Linux). 0: all processes share all."
                            + " Default: ${DEFAULT-VALUE}.")
    private int loadProcessors = 0;

    @Option(
            names = "--port",
            description = "Port of the ingress; the other ports are derived from it. Default: ${DEFAULT-VALUE}.")
    private int port = 18_480;

    @Mixin
    private ResultOutput output = new ResultOutput();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    int connections() {
        return connections;
    }

    int port() {
        return port;
    }

    ResultOutput output() {
        return output;
    }

    Processors processors() {
        try {
            return Processors.split(loadProcessors);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--load-processors: " + e.getMessage());
        }
    }

    void addTo(Map<String, Object> options) {
        options.put("connections", connections);
        options.put("loadProcessors", loadProcessors);
    }
}

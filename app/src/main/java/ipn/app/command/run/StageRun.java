package ipn.app.command.run;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import ipn.app.IpnConfig;
import ipn.app.UserException;
import ipn.app.command.Session;
import ipn.runtime.process.StageProcess;
import ipn.runtime.process.StageProcess.Started;

/** Runs one stage in this JVM, with the Kafka of the settings and a management port. */
final class StageRun {
    private final Session session;

    StageRun(Session session) {
        this.session = session;
    }

    /** Starts a stage. */
    @FunctionalInterface
    interface Start {
        Started start(IpnConfig config, PrometheusMeterRegistry meters);
    }

    /** Runs a stage until the JVM ends. If the stage stops by itself, throws an exception with the reason. */
    int run(String name, Start start) {
        var config = IpnConfig.from(session.settings().read(), session.data());
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var reason = new StageProcess(name, session.terminal()::printFailure)
                .run(config.management(), config.kafka(), meters, () -> start.start(config, meters));
        throw UserException.problem(reason + " (expected: it runs until Ctrl-C or SIGTERM)");
    }
}

package ipn.app.command.run;

import ipn.app.IpnConfig;
import ipn.app.UserException;
import ipn.app.command.Session;
import ipn.runtime.metrics.StageMeters;
import ipn.runtime.process.StageMain;
import ipn.runtime.process.StageProcess;

/** Runs one stage in this JVM, with the Kafka of the settings and a management port. */
final class StageRun {
    private final Session session;

    StageRun(Session session) {
        this.session = session;
    }

    /** Runs a stage until the JVM ends. If the stage stops by itself, throws an exception with the reason. */
    int run(StageMain stage) {
        var plan = IpnConfig.ofStage(stage, session.settings().read(), session.data());
        var meters = StageMeters.create().registry();
        var reason = new StageProcess(stage.name(), session.terminal()::printFailure)
                .run(plan.management(), plan.kafka(), meters, () -> plan.start().apply(meters));
        throw UserException.problem(reason + " (expected: it runs until Ctrl-C or SIGTERM)");
    }
}

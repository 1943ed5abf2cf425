package ipn.app.command.run;

import ipn.app.command.Session;
import ipn.processor.ProcessorStage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The processor on its own. */
@Command(
        name = "processor",
        description =
                "Runs the processor: ipn.raw in, outcomes and payment state out. Needs the Kafka of the settings.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn processor --config ipn.yaml",
            "  IPN_MANAGEMENT_PORT=0 ipn processor --config built-in      (beside an 'ipn up' that leaves it out)"
        })
public final class ProcessorCommand implements Callable<Integer> {
    private final Session session;

    public ProcessorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new StageRun(session)
                .run(
                        "processor",
                        (config, meters) -> StageRun.of(
                                "processor",
                                ProcessorStage.start(config.processor(), config.accounts(), config.kafka(), meters)));
    }
}

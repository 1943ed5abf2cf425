package ipn.processor;

import ipn.gateway.Accounts;
import ipn.runtime.process.StageMain;
import ipn.runtime.process.StreamsStart;
import ipn.seal.SealCheck;
import java.util.Set;

/** The program of the processor's container. */
public final class ProcessorMain {
    /** The processor and what it reads. */
    public static final StageMain STAGE = new StageMain(
            "processor", Set.of("gateways", "references", "seal", "processor"), (settings, kafka, data) -> {
                var accounts = Accounts.from(settings);
                var seals = SealCheck.from(settings);
                var configuration =
                        StreamsStart.below(data, settings.in("processor"), ProcessorStage.configuration(settings));
                return meters -> StreamsStart.started(
                        "processor", ProcessorStage.start(configuration, accounts, seals, kafka, meters));
            });

    private ProcessorMain() {}

    public static void main(String[] args) {
        STAGE.run(args);
    }
}

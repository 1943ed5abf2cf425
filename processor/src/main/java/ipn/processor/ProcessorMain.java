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
                var reverifier = Reverifier.from(settings);
                var accounts = Accounts.from(reverifier.needsSecrets() ? settings : settings.withoutSecrets());
                var handler = new RawRecordHandler(accounts, SealCheck.from(settings), reverifier);
                var configuration =
                        StreamsStart.below(data, settings.in("processor"), ProcessorStage.configuration(settings));
                return meters ->
                        StreamsStart.started("processor", ProcessorStage.start(configuration, handler, kafka, meters));
            });

    private ProcessorMain() {}

    public static void main(String[] args) {
        STAGE.run(args);
    }
}

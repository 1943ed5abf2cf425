package ipn.access;

import ipn.runtime.process.StageMain;
import ipn.runtime.process.StageProcess.Started;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The program of the access service's container. */
public final class AccessMain {
    /** The access service and what it reads. */
    public static final StageMain STAGE = new StageMain("access", Set.of("access"), (settings, kafka, data) -> {
        var config = AccessConfig.from(settings, data);
        return meters -> {
            var stage = AccessStage.start(config, kafka, meters);
            return new Started(stage, stage::ready, new CompletableFuture<>(), stage::note);
        };
    });

    private AccessMain() {}

    public static void main(String[] args) {
        STAGE.run(args);
    }
}

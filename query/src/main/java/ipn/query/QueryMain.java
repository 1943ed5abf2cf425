package ipn.query;

import ipn.runtime.process.StageMain;
import ipn.runtime.process.StageProcess.Started;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The program of the container that answers questions. It has no gateways, and reads none of their secrets. */
public final class QueryMain {
    /** The stage and what it reads. */
    public static final StageMain STAGE = new StageMain("query", Set.of("query"), (settings, kafka, data) -> {
        var query = QuerySettings.withDatabase(settings);
        return meters -> {
            var stage = query.start(kafka, meters);
            return new Started(stage, stage::ready, new CompletableFuture<>(), stage::note);
        };
    });

    private QueryMain() {}

    public static void main(String[] args) {
        STAGE.run(args);
    }
}

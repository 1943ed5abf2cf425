package ipn.projector;

import ipn.runtime.process.StageMain;
import ipn.runtime.process.StreamsStart;
import java.util.Set;

/** The program of the projector's container. It has no gateways, and reads none of their secrets. */
public final class ProjectorMain {
    /** The projector and what it reads. */
    public static final StageMain STAGE = new StageMain(
            "projector",
            Set.of("products", "policy", "brake", "notifications", "projector"),
            (settings, kafka, data) -> {
                var projector = ProjectorSettings.from(settings, kafka.topics().partitions(), data);
                return meters -> StreamsStart.started("projector", projector.start(kafka, meters));
            });

    private ProjectorMain() {}

    public static void main(String[] args) {
        STAGE.run(args);
    }
}

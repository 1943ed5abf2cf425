package ipn.projector;

import ipn.runtime.process.Closing;
import ipn.runtime.process.StageMain;
import ipn.runtime.process.StageProcess.Started;
import ipn.runtime.process.StreamsStart;
import java.util.Set;

/** The program of the projector's container. It has no gateways, and reads none of their secrets. */
public final class ProjectorMain {
    /** The projector and what it reads. */
    public static final StageMain STAGE = new StageMain(
            "projector",
            Set.of("products", "policy", "brake", "notifications", "traces", "projector"),
            (settings, kafka, data) -> {
                var projector = ProjectorSettings.from(settings, kafka.topics().partitions(), data);
                return meters -> {
                    var parts = new Closing();
                    var traces = parts.add("traces", projector.startTraces(meters));
                    var started = StreamsStart.started("projector", projector.start(kafka, meters, traces));
                    parts.add("projector", started.stage());
                    return new Started(parts, started.ready(), started.ended(), started.note());
                };
            });

    private ProjectorMain() {}

    public static void main(String[] args) {
        STAGE.run(args);
    }
}

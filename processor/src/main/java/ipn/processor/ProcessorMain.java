package ipn.processor;

import ipn.runtime.process.Closing;
import ipn.runtime.process.StageMain;
import ipn.runtime.process.StageProcess.Started;
import ipn.runtime.process.StreamsStart;
import java.util.Set;

/** The program of the processor's container. */
public final class ProcessorMain {
    /** The processor and what it reads. */
    public static final StageMain STAGE = new StageMain(
            "processor", Set.of("gateways", "references", "seal", "traces", "processor"), (settings, kafka, data) -> {
                var processor = ProcessorSettings.from(settings, data);
                return meters -> {
                    var parts = new Closing();
                    var traces = parts.add("traces", processor.startTraces(meters));
                    var started = StreamsStart.started("processor", processor.start(kafka, meters, traces));
                    parts.add("processor", started.stage());
                    parts.add("deferred records", processor.startDeferred(kafka, meters));
                    var silence = processor.startSilenceWatch(kafka, meters);
                    parts.add("watch of silences", silence);
                    parts.add("watch of the settings", processor.watch(meters));
                    return new Started(
                            parts,
                            started.ready(),
                            started.ended(),
                            () -> processor.outages().note().or(started.note()).or(silence::note));
                };
            });

    private ProcessorMain() {}

    public static void main(String[] args) {
        STAGE.run(args);
    }
}

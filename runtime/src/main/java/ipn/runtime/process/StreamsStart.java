package ipn.runtime.process;

import ipn.runtime.process.StageProcess.Started;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.runtime.streams.StreamsStage;
import ipn.settings.Settings;
import java.nio.file.Path;

/** How a Streams stage starts as a process. A class of its own, because the ingress runs without Kafka Streams. */
public final class StreamsStart {
    private StreamsStart() {}

    /** The configuration of a stage, with its state below the folder of all data unless the settings name a folder. */
    public static StreamsConfiguration below(Path data, Settings stage, StreamsConfiguration configuration) {
        return stage.has("state-dir") ? configuration : configuration.withStateDir(data.resolve("state"));
    }

    /** A started stage. */
    public static Started started(String name, StreamsStage stage) {
        return new Started(stage, stage::ready, Ends.of(name, stage), stage::missing);
    }
}

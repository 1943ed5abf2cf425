package ipn.processor.silence;

import java.util.List;

/**
 * What is known of all streams, to store it.
 *
 * @param readTo everything before is in it, and nothing from then on; milliseconds since 1970
 */
public record Learned(long readTo, List<LearnedStream> streams) {
    public Learned {
        streams = List.copyOf(streams);
    }
}

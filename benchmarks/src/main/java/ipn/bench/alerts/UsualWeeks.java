package ipn.bench.alerts;

import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.processor.silence.Learned;
import ipn.processor.silence.StreamId;
import ipn.processor.silence.WatchedStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What a processor has learned of usual silences that has run for more than a week: learned by its own rules from simulated days, and stored where it
 * continues from. A run is too short to learn it from notifications.
 */
final class UsualWeeks {
    private static final Duration PAST = Duration.ofDays(9);
    private static final long EVERY_MILLIS = 3_000;

    private UsualWeeks() {}

    /**
     * Writes it.
     *
     * @param state folder of the processor
     * @param application its id
     * @param gateways whose account {@code main} sent twenty notifications each minute
     */
    static void write(Path state, String application, Collection<String> gateways, Instant now) throws IOException {
        var streams = new WatchedStreams();
        for (var at = now.minus(PAST).toEpochMilli(); at < now.toEpochMilli(); at += EVERY_MILLIS) {
            for (var gateway : gateways) {
                streams.note(gateway, "main", StreamId.OTHER, at);
            }
            streams.advance(at);
        }
        streams.advance(now.toEpochMilli());
        Files.createDirectories(state);
        new ObjectMapper()
                .writeValue(state.resolve(application + ".silence.json").toFile(), ofAccounts(streams.learned()));
    }

    /** Without event types: which of them come is another question. */
    private static Learned ofAccounts(Learned learned) {
        return new Learned(
                learned.readTo(),
                learned.streams().stream()
                        .filter(each -> each.id().type().equals(StreamId.ALL))
                        .collect(Collectors.toList()));
    }
}

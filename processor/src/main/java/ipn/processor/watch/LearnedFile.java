package ipn.processor.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.processor.silence.Learned;
import ipn.processor.silence.WatchedStreams;
import ipn.runtime.SafeCause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was learned, in the state folder. Without it, everything is learned again from {@code ipn.raw}. */
record LearnedFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(LearnedFile.class);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    Learned read() {
        try {
            if (Files.exists(path)) {
                return JSON.readValue(path.toFile(), Learned.class);
            }
        } catch (JsonProcessingException e) {
            LOG.atWarn()
                    .addKeyValue("stage", "processor")
                    .setCause(SafeCause.forLog(e))
                    .log("What was learned of usual silences cannot be read; it is learned again from the raw records");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WatchedStreams().learned();
    }

    /** Writes it whole or not at all. */
    void write(Learned learned) {
        var next = path.resolveSibling(path.getFileName() + ".next");
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            JSON.writeValue(next.toFile(), learned);
            Files.move(next, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

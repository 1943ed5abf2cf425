package ipn.settings;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A secret and until when it is active. Never printed: {@link #toString()} is safe to log.
 *
 * @param id where it came from ({@code env:NAME}, {@code file:PATH}); can be shown; never the value
 * @param until it is active before this instant; empty: always
 */
public record Secret(String id, Value value, Optional<Instant> until) {

    static final String WRITTEN_IN_SETTINGS = "test:***";

    public boolean activeAt(Instant now) {
        return until.isEmpty() || now.isBefore(until.get());
    }

    /** When the last of them ends; empty if one has no end, or there is none. */
    static Optional<Instant> lastEnd(List<Secret> secrets) {
        return secrets.stream().allMatch(secret -> secret.until().isPresent())
                ? secrets.stream().flatMap(secret -> secret.until().stream()).max(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** Whether it is written in the settings themselves, as only accounts in mode test may have it. */
    boolean isWrittenInSettings() {
        return id.equals(WRITTEN_IN_SETTINGS);
    }

    public String text() {
        return value.text;
    }

    public byte[] utf8() {
        return value.text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Secret[" + id + "]";
    }

    /** Wraps the characters, so that no record or exception prints them by accident. */
    public static final class Value {
        private final String text;

        public Value(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}

package ipn.settings;

import ipn.key.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files that settings were read from, each with a hash of its content. Thread-safe. */
public final class ReadFiles {
    private static final String UNREADABLE = "unreadable";

    private final Map<Path, String> hashes;

    ReadFiles() {
        this(Map.of());
    }

    private ReadFiles(Map<Path, String> hashes) {
        this.hashes = new TreeMap<>(hashes);
    }

    /**
     * Remembers a file as it was read.
     *
     * @param content empty: it cannot be read
     */
    synchronized void add(Path file, Optional<String> content) {
        hashes.put(file, content.map(Sha256::hex).orElse(UNREADABLE));
    }

    /** True if any of them has other content now, or can be read and could not, or the reverse. */
    public synchronized boolean changed() {
        return hashes.entrySet().stream()
                .anyMatch(each -> !hashOf(each.getKey()).equals(each.getValue()));
    }

    /** The same files, as they are now. */
    public synchronized ReadFiles now() {
        var now = new ReadFiles(hashes);
        now.hashes.replaceAll((file, hash) -> hashOf(file));
        return now;
    }

    private static String hashOf(Path file) {
        try {
            return Sha256.hex(Files.readAllBytes(file));
        } catch (IOException e) {
            return UNREADABLE;
        }
    }
}

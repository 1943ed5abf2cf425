package ipn.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        hashes.put(file, content.map(ReadFiles::hash).orElse(UNREADABLE));
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
            return hash(Files.readAllBytes(file));
        } catch (IOException e) {
            return UNREADABLE;
        }
    }

    static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

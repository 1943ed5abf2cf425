package ipn.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.evidence.Evidence;
import ipn.evidence.EvidenceJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/** What the newest run has shown, in the build's folder: one file for each gateway of which it has shown everything. */
final class FreshReports {
    private static final Path FOLDER = Path.of("target", "conformance");
    private static final Path MISSING = FOLDER.resolve("missing.txt");

    private FreshReports() {}

    static Optional<Evidence> of(String gateway) {
        var file = FOLDER.resolve(gateway + ".json");
        return Files.exists(file) ? Optional.of(EvidenceJson.read(read(file))) : Optional.empty();
    }

    /** Tests that were left out, so that there are no reports of some gateways. */
    static String missing() {
        return Files.exists(MISSING) ? read(MISSING) : "";
    }

    static void keep(Evidence evidence) {
        write(FOLDER.resolve(evidence.gateway() + ".json"), EvidenceJson.write(evidence));
    }

    static void keepMissing(Collection<String> tests) {
        write(MISSING, String.join("\n", tests) + "\n");
    }

    /** So that no run is mistaken for an earlier one. */
    static void clear() {
        try {
            if (Files.exists(FOLDER)) {
                try (var files = Files.newDirectoryStream(FOLDER)) {
                    for (var file : files) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

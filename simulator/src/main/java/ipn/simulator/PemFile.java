package ipn.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Test keys and certificates that come with the simulator. They protect nothing. */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN [A-Z ]+-----([A-Za-z0-9+/=\\s]+)-----END [A-Z ]+-----");

    private PemFile() {}

    /** The file as it is. */
    static String text(String name) {
        try (var in = PemFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands in the file, block by block, in base64 without line breaks. */
    static List<String> blocks(String name) {
        return BLOCK.matcher(text(name))
                .results()
                .map(block -> block.group(1).replaceAll("\\s", ""))
                .toList();
    }
}

package ipn.simulator.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the test keys and certificates of the simulator. They are public and protect nothing. */
public final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN [A-Z ]+-----([A-Za-z0-9+/=\\s]+)-----END [A-Z ]+-----");

    private PemFile() {}

    /** The whole file. */
    public static String text(String name) {
        try (var in = PemFile.class.getResourceAsStream("/ipn/simulator/keys/" + name)) {
            if (in == null) {
                throw new IllegalStateException(
                        name + ": not on the class path (expected: a resource of the simulator)");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of the file, in base64 without line breaks. */
    public static List<String> blocks(String name) {
        return BLOCK.matcher(text(name))
                .results()
                .map(block -> block.group(1).replaceAll("\\s", ""))
                .toList();
    }
}

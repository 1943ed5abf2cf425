package ipn.app.policy;

import ipn.app.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes all users of a preview to a file, as CSV.
 *
 * @param option that names the file, for messages
 * @param file empty: nothing is written
 */
public record PolicyDiffCsv(String option, Optional<Path> file) {
    private static final String HEADING = "change,user,entitlement,scope,before,after,why,money,payments";

    public void write(PolicyDiffReport report) {
        if (file.isPresent()) {
            try (var writer = Files.newBufferedWriter(file.get())) {
                writer.write(HEADING + "\r\n");
                report.users(user -> write(writer, line(user)));
            } catch (IOException | UncheckedIOException e) {
                throw UserException.usage("%s: %s cannot be written (expected: the path of a writable file)"
                        .formatted(option, file.get()));
            }
        }
    }

    private static boolean write(Writer writer, String line) {
        try {
            writer.write(line + "\r\n");
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(PolicyDiffReport.UserChange user) {
        var money = user.money().entrySet().stream()
                .map(sum -> sum.getValue() + " " + sum.getKey())
                .collect(Collectors.joining(" + "));
        return Stream.of(
                        user.kind().name(),
                        user.user(),
                        user.entitlement(),
                        user.scope(),
                        user.before(),
                        user.after(),
                        user.why(),
                        money,
                        String.join(" ", user.payments()))
                .map(PolicyDiffCsv::cell)
                .collect(Collectors.joining(","));
    }

    /** A text that a spreadsheet would take for a formula gets an apostrophe. */
    private static String cell(String text) {
        var harmless = text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
        return harmless.matches("(?s).*[\",\r\n].*") ? "\"" + harmless.replace("\"", "\"\"") + "\"" : harmless;
    }
}

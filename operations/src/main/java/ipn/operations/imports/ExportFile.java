package ipn.operations.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import ipn.operations.CountedInputStream;
import ipn.operations.imports.LineProblem.Kind;
import ipn.operations.topic.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An export on disk: CSV with a header, or lines of JSON, each an object or a page of a list API. It is read line by line, so that only
 * one line is in memory.
 */
public record ExportFile(Path path) {
    /** A page of a list API has up to 200 objects. */
    private static final int LINE_CHARS_MAX = 4 * 1024 * 1024;

    private static final int LINES_PER_TICK = 2_000;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MARK_CHARS = 8_192;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Receives lines. */
    public interface Receiver {
        /** A line that can be read. */
        void line(ExportLine line);

        /** A line that cannot. */
        void problem(LineProblem problem);
    }

    /** Reads all lines; a line that cannot be read is a problem and does not stop the others. */
    public void read(Progress progress, String step, Receiver receiver) {
        try (var bytes = new CountedInputStream(Files.newInputStream(path))) {
            var size = Files.size(path);
            Runnable tick = () -> progress.at(step, bytes.count(), size);
            var text = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), BUFFER_BYTES);
            if (isJson(text)) {
                readJson(text, receiver, tick);
            } else {
                readCsv(text, receiver, tick);
            }
            progress.at(step, size, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isJson(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        text.mark(MARK_CHARS);
        var start = text.read();
        for (var i = 1; i < MARK_CHARS && Character.isWhitespace(start); i++) {
            start = text.read();
        }
        text.reset();
        return start == '{' || start == '[';
    }

    private static void readJson(BufferedReader text, Receiver receiver, Runnable tick) throws IOException {
        var number = 0L;
        for (var line = nextLine(text); line != null; line = nextLine(text)) {
            number++;
            if (!line.isBlank()) {
                object(number, line, receiver);
            }
            if (number % LINES_PER_TICK == 0) {
                tick.run();
            }
        }
    }

    /** The next line; of one that is too long, a beginning that is no JSON. */
    private static @Nullable String nextLine(BufferedReader text) throws IOException {
        var line = new StringBuilder();
        for (var c = text.read(); c != '\n'; c = text.read()) {
            if (c < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            if (line.length() < LINE_CHARS_MAX) {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void object(long number, String line, Receiver receiver) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            receiver.problem(new LineProblem(
                    number, Kind.MALFORMED, "not JSON (expected: one object on each line, or a page of a list API)"));
            return;
        }
        var page = node.isArray() ? node : node.path("data");
        if (page.isArray() && !node.has("id")) {
            page.forEach(each -> receiver.line(new ExportLine(number, each)));
        } else if (node.isObject()) {
            receiver.line(new ExportLine(number, node));
        } else {
            receiver.problem(new LineProblem(number, Kind.MALFORMED, "no object (expected: one object on each line)"));
        }
    }

    private static void readCsv(BufferedReader text, Receiver receiver, Runnable tick) throws IOException {
        var last = 0L;
        try (var csv = CsvReader.builder()
                .allowMissingFields(true)
                .allowExtraFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .ofCsvRecord(text)) {
            @Nullable CsvColumns columns = null;
            for (var record : csv) {
                last = record.getStartingLineNumber();
                if (columns == null) {
                    columns = CsvColumns.read(record.getFields());
                } else {
                    row(last, columns, record.getFields(), receiver);
                }
                if (last % LINES_PER_TICK == 0) {
                    tick.run();
                }
            }
        } catch (CsvParseException | UncheckedIOException e) {
            receiver.problem(new LineProblem(
                    last + 1, Kind.MALFORMED, "CSV cannot be parsed from here on (expected: closing quotes)"));
        }
    }

    private static void row(long number, CsvColumns columns, List<String> fields, Receiver receiver) {
        if (fields.size() != columns.width()) {
            receiver.problem(new LineProblem(
                    number,
                    Kind.MALFORMED,
                    "%d fields (expected: %d, as in the header)".formatted(fields.size(), columns.width())));
        } else if (fields.stream().anyMatch(field -> field.indexOf('\n') >= 0)) {
            receiver.problem(new LineProblem(
                    number, Kind.MALFORMED, "a field contains a line break (expected: a closing quote)"));
        } else {
            receiver.line(new ExportLine(number, columns.object(fields)));
        }
    }

    /** Passes each line, and each problem, to a consumer. */
    public static Receiver receiver(Consumer<ExportLine> lines, Consumer<LineProblem> problems) {
        return new Receiver() {
            @Override
            public void line(ExportLine line) {
                lines.accept(line);
            }

            @Override
            public void problem(LineProblem problem) {
                problems.accept(problem);
            }
        };
    }
}

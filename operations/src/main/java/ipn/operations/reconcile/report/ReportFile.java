package ipn.operations.reconcile.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import ipn.gateway.GatewayAccount;
import ipn.operations.CountedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A report on disk. It is read line by line, so that only one line is in memory. */
public record ReportFile(Path path, ReportLayout layout, GatewayAccount account) {
    private static final int LINES_PER_TICK = 2_000;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Receives how many bytes of the file were read. */
    @FunctionalInterface
    public interface Ticks {
        void at(long bytes, long of);
    }

    /**
     * Checks the header: reads up to the line that names the columns.
     *
     * @throws ReportException if the columns are not those of the layout
     */
    public void check() {
        try (var text = new BufferedReader(
                new InputStreamReader(Files.newInputStream(path), layout.file().charset()))) {
            skip(text);
            var lines = new Lines(reading -> {});
            for (var record : csv(text)) {
                lines.add(0, record);
                if (lines.reader != null) {
                    return;
                }
            }
            lines.requireHeader(path);
        } catch (CsvParseException | IOException | UncheckedIOException e) {
            throw new ReportException("%s: cannot be read (expected: a CSV file)".formatted(path));
        }
    }

    /**
     * Passes every line to the consumer, in the order of the file.
     *
     * @throws ReportException if the columns are not those of the layout, or if the file cannot be read to its end
     */
    public void read(Ticks ticks, Consumer<ParsedLine> each) {
        try (var bytes = new CountedInputStream(Files.newInputStream(path))) {
            var size = Files.size(path);
            var text = new BufferedReader(
                    new InputStreamReader(bytes, layout.file().charset()), BUFFER_BYTES);
            skip(text);
            read(text, each, () -> ticks.at(bytes.count(), size));
            ticks.at(size, size);
        } catch (IOException e) {
            throw new ReportException("%s: cannot be read (expected: a file)".formatted(path));
        }
    }

    private void read(BufferedReader text, Consumer<ParsedLine> each, Runnable tick) throws IOException {
        var skipped = layout.file().skipLines();
        var last = (long) skipped;
        try (var csv = csv(text)) {
            var lines = new Lines(each);
            var count = 0;
            for (var record : csv) {
                last = skipped + record.getStartingLineNumber();
                lines.add(last, record);
                if (++count % LINES_PER_TICK == 0) {
                    tick.run();
                }
            }
            lines.requireHeader(path);
        } catch (CsvParseException | UncheckedIOException e) {
            throw new ReportException(
                    "%s, after line %d: cannot be parsed (expected: closing quotes, fields below 16 MiB)"
                            .formatted(path, last));
        }
    }

    private CsvReader<CsvRecord> csv(BufferedReader text) {
        return CsvReader.builder()
                .fieldSeparator(layout.file().delimiter())
                .allowMissingFields(true)
                .allowExtraFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .ofCsvRecord(text);
    }

    /** Skips a byte order mark, and the lines that the layout excludes at the beginning. */
    private void skip(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        for (var i = 0; i < layout.file().skipLines(); i++) {
            if (text.readLine() == null) {
                return;
            }
        }
    }

    /** Finds the header and parses the lines that follow. */
    private final class Lines {
        private final Consumer<ParsedLine> each;
        private @Nullable LineReader reader;

        Lines(Consumer<ParsedLine> each) {
            this.each = each;
        }

        void add(long line, CsvRecord record) {
            var fields = record.getFields();
            var file = layout.file();
            if (isMarked(fields, file.headerMark())
                    && (reader == null || !file.headerMark().isEmpty())) {
                reader = new LineReader(layout, ReportHeader.read(names(fields), layout), account);
                if (file.header()) {
                    return;
                }
            }
            if (reader == null || !isMarked(fields, file.lineMark())) {
                each.accept(new ParsedLine.Skipped(line));
            } else {
                each.accept(reader.read(line, fields));
            }
        }

        private List<String> names(List<String> fields) {
            return layout.file().header()
                    ? fields
                    : IntStream.rangeClosed(1, fields.size())
                            .mapToObj(Integer::toString)
                            .toList();
        }

        void requireHeader(Path path) {
            if (reader == null) {
                throw new ReportException("%s: no line names the columns (expected: a header%s)"
                        .formatted(
                                path,
                                layout.file().headerMark().isEmpty()
                                        ? ""
                                        : " that begins with " + layout.file().headerMark()));
            }
        }
    }

    private static boolean isMarked(List<String> fields, String mark) {
        return mark.isEmpty() || fields.get(0).equals(mark);
    }
}

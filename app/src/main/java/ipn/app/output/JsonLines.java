package ipn.app.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints one JSON object over several lines while it is made: for lists that are too long to be kept. Values are as those of {@link JsonView}. */
final class JsonLines implements AutoCloseable {
    private final JsonGenerator json;

    JsonLines(Terminal terminal) {
        try {
            json = new ObjectMapper()
                    .getFactory()
                    .createGenerator(new Lines(terminal))
                    .useDefaultPrettyPrinter();
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receives the elements of a list. */
    interface Elements {
        /** @return true: there may be more */
        boolean add(Object element);
    }

    void field(String name, @Nullable Object value) {
        try {
            json.writeFieldName(name);
            json.writePOJO(JsonView.plain(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param source passes on all elements */
    void list(String name, Consumer<Elements> source) {
        try {
            json.writeArrayFieldStart(name);
            source.accept(this::element);
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean element(Object value) {
        try {
            json.writePOJO(JsonView.plain(value));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            json.writeEndObject();
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints each line when it is complete. */
    private static final class Lines extends Writer {
        private final Terminal terminal;
        private final StringBuilder line = new StringBuilder();

        Lines(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void write(char[] characters, int from, int length) {
            for (var at = from; at < from + length; at++) {
                if (characters[at] == '\n') {
                    print();
                } else {
                    line.append(characters[at]);
                }
            }
        }

        private void print() {
            terminal.printText(line.toString());
            line.setLength(0);
        }

        @Override
        public void flush() {
            // a line is printed when it is complete
        }

        @Override
        public void close() {
            print();
        }
    }
}

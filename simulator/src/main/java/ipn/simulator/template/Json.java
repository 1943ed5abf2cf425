package ipn.simulator.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.gateway.content.Bytes;

/** Writes JSON bodies. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static Bytes compact(Object value) {
        return write(value, false);
    }

    public static Bytes pretty(Object value) {
        return write(value, true);
    }

    private static Bytes write(Object value, boolean pretty) {
        try {
            var writer = pretty ? MAPPER.writerWithDefaultPrettyPrinter() : MAPPER.writer();
            return Bytes.wrap(writer.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("nodes, maps and texts can always be written", e);
        }
    }
}

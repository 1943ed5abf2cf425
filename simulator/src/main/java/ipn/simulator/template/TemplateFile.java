package ipn.simulator.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads a template from the resources. */
final class TemplateFile {
    private TemplateFile() {}

    static String read(String name) {
        try (var in = TemplateFile.class.getResourceAsStream("/ipn/simulator/body/" + name)) {
            if (in == null) {
                throw new TemplateException(name + ": not on the class path (expected: a resource of the simulator)");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

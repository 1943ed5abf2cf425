package ipn.app.dashboard;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The runbook of each alert, as {@code deploy/alerts.yaml} names it: series of alerts have no annotations. */
final class Runbooks {
    private static final Path ALERTS = Path.of("..", "deploy", "alerts.yaml");

    private Runbooks() {}

    /** Files of this repository by name of the alert. */
    static Map<String, String> byAlert() {
        var runbooks = new LinkedHashMap<String, String>();
        try {
            for (var group : new YAMLMapper().readTree(ALERTS.toFile()).path("groups")) {
                for (var rule : group.path("rules")) {
                    runbooks.put(
                            rule.path("alert").asText(),
                            rule.at("/annotations/runbook_url").asText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return runbooks;
    }
}

package ipn.bench.alerts;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The dead letters that are open, as people see and judge them. */
record OpenDeadLetters(Scene scene) {
    private static final String MANY = "1000";

    /** Looks at the groups and the list, then discards all. */
    void discard(String why) throws IOException, InterruptedException {
        scene.transcript().ipn("dlq");
        var ids = ids(scene.transcript()
                .quietly("dlq", "list", "--limit", MANY, "--json")
                .output());
        if (!ids.isEmpty()) {
            var discard = new ArrayList<>(List.of("dlq", "discard", "--why", why));
            discard.addAll(ids);
            scene.transcript().quietly(discard.toArray(String[]::new));
            scene.transcript()
                    .did("`ipn dlq list`, then `ipn dlq discard --why '%s' ID...` of %d".formatted(why, ids.size()));
        }
    }

    private static List<String> ids(String output) throws IOException {
        var json = output.indexOf('{');
        var ids = new ArrayList<String>();
        if (json >= 0) {
            new ObjectMapper()
                    .readTree(output.substring(json))
                    .path("letters")
                    .forEach(letter -> ids.add(letter.path("id").asText()));
        }
        return ids;
    }
}

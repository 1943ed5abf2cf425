package ipn.gateway.apple;

import ipn.settings.Settings;
import java.util.List;

/** Which id in a transaction names the subject. */
final class SubjectField {
    private static final List<String> KNOWN = List.of("appAccountToken", "appTransactionId", "originalTransactionId");

    private SubjectField() {}

    static String from(Settings settings) {
        var usual = KNOWN.get(0);
        var chosen = settings.text("subject", usual);
        if (!KNOWN.contains(chosen)) {
            settings.problems().add(settings.full("subject"), chosen, String.join(" or ", KNOWN));
            return usual;
        }
        return chosen;
    }
}

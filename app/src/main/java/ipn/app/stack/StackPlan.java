package ipn.app.stack;

import ipn.app.SettingsSource;
import java.nio.file.Path;
import java.util.Set;

/**
 * What an embedded stack is made of.
 *
 * @param data where everything keeps its records
 * @param stages those to run in this JVM; broker, registry and topics always come with it
 */
public record StackPlan(SettingsSource settings, Path data, Set<Stage> stages) {
    public StackPlan {
        stages = Set.copyOf(stages);
    }
}

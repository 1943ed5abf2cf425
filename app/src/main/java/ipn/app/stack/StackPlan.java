package ipn.app.stack;

import ipn.app.SettingsSource;
import java.nio.file.Path;
import java.util.Set;

/**
 * The parts of an embedded stack.
 *
 * @param data folder of all its data
 * @param stages to run in this JVM; broker, registry and topics are always included
 */
public record StackPlan(SettingsSource settings, Path data, Set<Stage> stages) {
    public StackPlan {
        stages = Set.copyOf(stages);
    }
}

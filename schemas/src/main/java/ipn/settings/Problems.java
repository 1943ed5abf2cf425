package ipn.settings;

import java.util.ArrayList;
import java.util.List;

/** Problems of the settings, collected so that all of them are reported at once. Not thread-safe. */
public final class Problems {
    private final List<String> found = new ArrayList<>();

    /** Adds a problem in the form {@code key: actual (expected: what)}; never pass a secret as {@code actual}. */
    public void add(String key, String actual, String expected) {
        found.add("%s: %s (expected: %s)".formatted(key, actual, expected));
    }

    /** Everything found so far, each once, sorted by key. */
    public List<String> found() {
        return found.stream().distinct().sorted().toList();
    }

    /**
     * For a command that needs one section only.
     *
     * @throws SettingsException with every problem of the section, if there is any
     */
    public void throwIfAny(String section) {
        var ofSection = found().stream()
                .filter(problem -> problem.startsWith(section + ".") || problem.startsWith(section + ":"))
                .toList();
        if (!ofSection.isEmpty()) {
            throw new SettingsException(ofSection);
        }
    }

    /** @throws SettingsException with every problem, if there is any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new SettingsException(found());
        }
    }
}

package ipn.settings;

import java.util.List;

/** The settings have problems. The message lists them, one per line, and contains no secret. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final List<String> problems;

    public SettingsException(List<String> problems) {
        super("%d problem(s) in the settings:%n  %s".formatted(problems.size(), String.join("\n  ", problems)));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}

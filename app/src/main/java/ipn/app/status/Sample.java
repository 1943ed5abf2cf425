package ipn.app.status;

import java.util.Map;

/**
 * One number of {@code /metrics}.
 *
 * @param series its name, with the suffix of a histogram
 */
public record Sample(String series, Map<String, String> labels, double value) {
    public Sample {
        labels = Map.copyOf(labels);
    }

    /** The value of a label; empty where it has no such label. */
    String label(String name) {
        return labels.getOrDefault(name, "");
    }
}

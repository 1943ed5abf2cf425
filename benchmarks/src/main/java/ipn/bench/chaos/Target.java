package ipn.bench.chaos;

import java.util.Locale;

/** A process of the pipeline. */
enum Target {
    INGRESS,
    PROCESSOR,
    PROJECTOR,
    BROKER,
    REGISTRY;

    /** Its name in the pipeline. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

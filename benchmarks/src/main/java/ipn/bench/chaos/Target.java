package ipn.bench.chaos;

import java.util.Locale;

/** A process of the pipeline, or the network between the broker and the others. */
enum Target {
    INGRESS,
    PROCESSOR,
    PROJECTOR,
    BROKER,
    REGISTRY,
    NETWORK;

    /** Its name in the pipeline. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

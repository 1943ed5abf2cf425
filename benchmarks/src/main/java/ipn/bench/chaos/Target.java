package ipn.bench.chaos;

import java.util.Locale;

/** A process of the pipeline, the network between the broker and the others, or the machine that has the clock of all but the ingress. */
enum Target {
    INGRESS,
    PROCESSOR,
    PROJECTOR,
    BROKER,
    REGISTRY,
    NETWORK,
    MACHINE;

    /** Its name in the pipeline. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

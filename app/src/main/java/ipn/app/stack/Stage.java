package ipn.app.stack;

/** The stages of the pipeline, in the order of the flow. */
public enum Stage {
    INGRESS,
    PROCESSOR,
    PROJECTOR,
    ACCESS,
    QUERY
}

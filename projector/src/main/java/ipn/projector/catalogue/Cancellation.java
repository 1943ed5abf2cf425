package ipn.projector.catalogue;

/** What a canceled subscription with paid time left means for access. */
public enum Cancellation {
    /** Access lasts until the end of what is paid for; refunded money ends it earlier. */
    AT_PERIOD_END,
    /** Access ends when the gateway reports the cancellation. */
    AT_ONCE
}

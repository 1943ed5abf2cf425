package ipn.gateway.adyen;

/** How a merchant account captures authorized payments. No notification contains this setting. */
enum Capture {
    /** Adyen captures at once or after a delay; no notification follows, so a successful authorization counts as captured. */
    AUTOMATIC,
    /** The merchant requests each capture; each one has a notification. */
    MANUAL
}

package ipn.gateway.adyen;

/** How a merchant account takes the money it was authorized to take. No notification tells. */
enum Capture {
    /** At once or after a delay, by itself; no notification follows, so a good authorization counts as money taken. */
    AUTOMATIC,
    /** When the merchant asks for it; each capture is notified. */
    MANUAL
}

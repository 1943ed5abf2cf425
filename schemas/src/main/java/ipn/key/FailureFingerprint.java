package ipn.key;

/** What failures with one cause have in common, as a short hash. */
public final class FailureFingerprint {
    private static final int DIGITS = 16;

    private FailureFingerprint() {}

    /**
     * The fingerprint of a failure.
     *
     * @param stage that could not process the record
     * @param reason code
     * @param origin what failures with one cause have in common besides the others: see {@link #origin}
     * @param detail what was expected where
     */
    public static String of(String stage, String reason, String origin, String detail) {
        return Sha256.hex(String.join("\n", stage, reason, origin, detail)).substring(0, DIGITS);
    }

    /** The origin of a failed notification. */
    public static String origin(String gateway, String account, String eventType) {
        return String.join("\n", gateway, account, eventType);
    }
}

package ipn.client;

/** What holds for a subject and an entitlement at the time of the question. */
public enum AccessStatus {
    /** Paid for, or granted by a person. */
    ACTIVE,
    /** What is paid for has ended, and a renewal is awaited: access goes on until the end of grace. */
    GRACE,
    /** A dispute, a fraud flag or a pause: no access for now. */
    SUSPENDED,
    /** Access has ended. */
    ENDED,
    /** The subject never had this entitlement. */
    NONE,
    /** Nothing can be said: the data is not loaded, is older than the caller accepts, or has a status that this version does not know. */
    UNKNOWN;

    /** Whether a subject with this status may use the entitlement. */
    public boolean givesAccess() {
        return this == ACTIVE || this == GRACE;
    }

    /** The status with this name; {@link #UNKNOWN} for names that this version does not know. */
    public static AccessStatus of(String name) {
        for (var each : values()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return UNKNOWN;
    }
}

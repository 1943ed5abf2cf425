package ipn.simulator;

/** What may be wrong with a simulated notification. */
public enum Fault {
    NONE,
    /** Signed with a secret nobody configured: not authentic. */
    FORGED,
    /** Signed well, and a byte of its body changed afterwards: not authentic, where the gateway signs that byte. */
    TAMPERED,
    /** Signed well, and its body makes no sense. */
    MALFORMED
}

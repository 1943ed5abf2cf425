package ipn.simulator;

/** A deliberate fault of a simulated notification. */
public enum Fault {
    NONE,
    /** Signed with a secret that no account has configured: not authentic. */
    FORGED,
    /** One byte of the body changed after signing: not authentic if the gateway signs that byte. */
    TAMPERED,
    /** Correctly signed, with a body that cannot be parsed. */
    MALFORMED
}

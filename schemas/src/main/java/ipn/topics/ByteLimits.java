package ipn.topics;

/**
 * Limits of what a stage writes, in bytes, from the smallest to the largest: each is smaller than the next one on the way to the
 * broker, so that nothing a stage has accepted is refused when it is written. A test holds their order.
 */
public final class ByteLimits {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** State of one payment. What does not fit is refused while the state is joined. */
    public static final int PAYMENT_STATE = 512 * KIB;
    /** What is kept of a record that is too large to be kept whole. */
    public static final int EXCERPT = KIB;
    /** One stored value, or one message between nodes. */
    public static final int MESSAGE = 4 * MIB;
    /** Key, value and headers of a record that an outcome or a dead letter contains whole. */
    public static final int WHOLE_RECORD = 5 * MIB;
    /** A record of a topic that contains others whole. */
    public static final int LARGEST_RECORD = 6 * MIB;

    private ByteLimits() {}
}

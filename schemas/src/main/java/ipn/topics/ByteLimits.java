package ipn.topics;

/**
 * Limits of what a stage writes, in bytes, from the smallest to the largest: each is smaller than the next one on the way to the
 * broker, so that nothing a stage has accepted is refused when it is written. A test holds their order.
 */
public final class ByteLimits {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** What is kept of a record that is too large to be kept whole. */
    public static final int EXCERPT = KIB;
    /** Facts of one payment that prove no money: SKUs, links, failed attempts. */
    public static final int PAYMENT_DESCRIPTIONS = 192 * KIB;
    /** Facts of one payment that prove money, or what it is for. */
    public static final int PAYMENT_MONEY = 384 * KIB;
    /** State of one payment without facts and events, as messages contain it. It follows from the bounds of the facts. */
    public static final int PAYMENT_SUMMARY = 640 * KIB;
    /** Facts of one payment that reverse money. */
    public static final int PAYMENT_REVERSALS = 1200 * KIB;
    /** State of one payment: its facts, what follows from them, and the newest events. */
    public static final int PAYMENT_STATE = 2 * MIB + 768 * KIB;
    /** Claims of one entitlement that prove no money. */
    public static final int UNPAID_CLAIMS = 192 * KIB;
    /** Claims of one entitlement that people decided. */
    public static final int DECIDED_CLAIMS = 512 * KIB;
    /** Claims of one entitlement that prove money. The ids of its notifications take at most twice as much. */
    public static final int PAID_CLAIMS = MIB;
    /** Flagged claims of one subject. */
    public static final int FRAUD_FLAGS = MIB;
    /** One stored value, or one message between nodes. */
    public static final int MESSAGE = 4 * MIB;
    /** Key, value and headers of a record that an outcome or a dead letter contains whole. */
    public static final int WHOLE_RECORD = 5 * MIB;
    /** A record of a topic that contains others whole. */
    public static final int LARGEST_RECORD = 6 * MIB;

    private ByteLimits() {}
}

package ipn.projector.stream;

/**
 * Where money is allocated: what counts, and what accounts in mode shadow would have given. Each side has stores of its own and receives
 * only its own messages, so that neither changes the other.
 */
public enum Side {
    LIVE("", false),
    SHADOW("shadow-", true);

    private final String prefix;
    private final boolean shadow;

    Side(String prefix, boolean shadow) {
        this.prefix = prefix;
        this.shadow = shadow;
    }

    /** A store of this side. Names of stores are storage formats. */
    public String store(String name) {
        return prefix + name;
    }

    /** The sink of discrepancies of this side. */
    String discrepancies() {
        return prefix + AllocatePayment.TO_DISCREPANCIES;
    }

    boolean shadow() {
        return shadow;
    }

    /** Whether a record with this mark is of this side. */
    boolean receives(boolean isShadow) {
        return isShadow == shadow;
    }
}

package ipn.ingress.admission;

/**
 * Decides on one event loop who is refused.
 *
 * @param turn of this loop
 * @param waiting of all loops
 */
public record Admission(Turn turn, Waiting waiting) {
    /** Who is refused now, by {@link System#nanoTime()}. */
    public Refusing refusing(long now) {
        return waiting.refusing().or(turn.refusing(now));
    }
}

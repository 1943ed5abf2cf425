package ipn.operations.find;

import java.util.List;

/**
 * What was found: payments, orders, notifications, dead letters, decisions, of each the newest first.
 *
 * @param more whether a limit excluded some
 */
public record Found(List<Hit> hits, boolean more) {
    public Found {
        hits = List.copyOf(hits);
    }
}

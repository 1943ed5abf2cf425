package ipn.app.diff;

import ipn.app.diff.ComparedSides.Mark;
import ipn.app.rebuild.RebuildState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What differs between two runs. Its lists are on disk, and are deleted when it is closed; sums and counts are in memory. */
public final class DiffReport implements AutoCloseable {
    private final ComparedSides sides;
    private final RebuildState state;
    private final Map<Kind, Sum> sums = new EnumMap<>(Kind.class);
    private final NotCompared notCompared;
    private long users;

    /**
     * Differences of one kind.
     *
     * @param money behind them by currency, minor units; of the ledger: the second side less the first
     */
    public record Sum(long onlyFirst, long onlySecond, long different, Map<String, Long> money) {
        static final Sum NONE = new Sum(0, 0, 0, Map.of());

        public Sum {
            money = new TreeMap<>(money);
        }

        /** All of them. */
        public long count() {
            return onlyFirst + onlySecond + different;
        }

        Sum plus(Change change) {
            var all = new TreeMap<>(money);
            change.money().forEach((currency, amount) -> all.merge(currency, amount, Math::addExact));
            return new Sum(
                    onlyFirst + (change.side() == Change.Side.ONLY_FIRST ? 1 : 0),
                    onlySecond + (change.side() == Change.Side.ONLY_SECOND ? 1 : 0),
                    different + (change.side() == Change.Side.DIFFERENT ? 1 : 0),
                    all);
        }
    }

    /** What begins before the raw records that were run again, or changed after the rebuild began. */
    public record NotCompared(
            long paymentsBefore,
            long ordersBefore,
            long entitlementsBefore,
            long paymentsSince,
            long entitlementsSince) {}

    /** @param sides compared; closed with the report */
    DiffReport(ComparedSides sides, RebuildState state) {
        this.sides = sides;
        this.state = state;
        for (var kind : Kind.values()) {
            sums.put(kind, Sum.NONE);
            sides.differences(kind, this::count);
        }
        notCompared = new NotCompared(
                sides.count(Mark.PAYMENT_BEFORE),
                sides.count(Mark.ORDER_BEFORE),
                sides.count(Mark.ENTITLEMENT_BEFORE),
                sides.count(Mark.PAYMENT_SINCE),
                sides.count(Mark.ENTITLEMENT_SINCE));
    }

    private boolean count(Change change) {
        sums.merge(change.kind(), Sum.NONE, (sum, any) -> sum.plus(change));
        users += !change.user().isEmpty() && sides.mark(Mark.USER, change.user()) ? 1 : 0;
        return true;
    }

    public Sum sum(Kind kind) {
        return sums.getOrDefault(kind, Sum.NONE);
    }

    /** How many users a difference concerns, as far as they are known. */
    public long users() {
        return users;
    }

    public boolean isEmpty() {
        return sums.values().stream().allMatch(sum -> sum.count() == 0);
    }

    public NotCompared notCompared() {
        return notCompared;
    }

    /** Where the raw records began. */
    public Instant start() {
        return state.startTime();
    }

    /** Both sides are compared as they were then. */
    public Instant until() {
        return state.untilTime();
    }

    /** Raw records that were run again. */
    public long records() {
        return state.records();
    }

    /** Passes on the differences of a kind, sorted by key, until the receiver returns false. */
    public void changes(Kind kind, Predicate<Change> receiver) {
        sides.differences(kind, receiver);
    }

    @Override
    public void close() {
        sides.close();
    }
}

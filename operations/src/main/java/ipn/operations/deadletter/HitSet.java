package ipn.operations.deadletter;

import ipn.operations.Hashing;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The payments and users that dead letters hit, as hashes. Money counts once per payment and currency: several events of a payment name the
 * same money, so the largest amount of them counts.
 */
final class HitSet {
    private final LongOpenHashSet payments = new LongOpenHashSet();
    private final LongOpenHashSet users = new LongOpenHashSet();
    private final Map<String, Long2LongOpenHashMap> amounts = new TreeMap<>();
    private final Budget budget;
    private long unread;
    private boolean leftOut;

    /** How many hashes all sets together keep. */
    static final class Budget {
        /** About 60 MB. */
        static final int HASHES_MAX = 2_000_000;

        private int left;

        Budget(int max) {
            left = max;
        }

        private boolean take() {
            left = Math.max(-1, left - 1);
            return left >= 0;
        }
    }

    HitSet(Budget budget) {
        this.budget = budget;
    }

    /** @param content null: not known, because nothing translates it */
    void add(DeadLetter letter, @Nullable DeadLetterContent content) {
        if (!letter.paymentKey().isEmpty()) {
            add(payments, letter.paymentKey());
        }
        if (content == null || content.refused() != null) {
            unread++;
            return;
        }
        if (content.subject() != null) {
            add(users, content.subject());
        }
        if (content.amount() != null && content.currency() != null) {
            addAmount(letter.paymentKey(), content.currency(), content.amount());
        }
    }

    private void add(LongOpenHashSet set, String id) {
        var hash = Hashing.hashOf(id);
        if (!set.contains(hash)) {
            if (budget.take()) {
                set.add(hash);
            } else {
                leftOut = true;
            }
        }
    }

    private void addAmount(String payment, String currency, long amount) {
        var ofCurrency = amounts.computeIfAbsent(currency, none -> new Long2LongOpenHashMap());
        var hash = Hashing.hashOf(payment);
        if (ofCurrency.containsKey(hash) || budget.take()) {
            ofCurrency.mergeLong(hash, amount, Math::max);
        } else {
            leftOut = true;
        }
    }

    DeadLetterSummary.Hit hit() {
        SortedMap<String, Long> money = new TreeMap<>();
        amounts.forEach((currency, ofPayments) ->
                money.put(currency, ofPayments.values().longStream().reduce(0, HitSet::saturated)));
        return new DeadLetterSummary.Hit(payments.size(), users.size(), money, unread, leftOut);
    }

    private static long saturated(long one, long other) {
        try {
            return Math.addExact(one, other);
        } catch (ArithmeticException e) {
            return other < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}

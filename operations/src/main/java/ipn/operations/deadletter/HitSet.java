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
    /** About 40 MB. What comes later is not counted, so that the counts are lower bounds. */
    private static final int HITS_MAX = 1_000_000;

    private final LongOpenHashSet payments = new LongOpenHashSet();
    private final LongOpenHashSet users = new LongOpenHashSet();
    private final Map<String, Long2LongOpenHashMap> amounts = new TreeMap<>();
    private long unread;

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

    private static void add(LongOpenHashSet set, String id) {
        if (set.size() < HITS_MAX) {
            set.add(Hashing.hashOf(id));
        }
    }

    private void addAmount(String payment, String currency, long amount) {
        var ofCurrency = amounts.computeIfAbsent(currency, none -> new Long2LongOpenHashMap());
        if (ofCurrency.size() < HITS_MAX) {
            ofCurrency.mergeLong(Hashing.hashOf(payment), amount, Math::max);
        }
    }

    DeadLetterSummary.Hit hit() {
        SortedMap<String, Long> money = new TreeMap<>();
        amounts.forEach((currency, ofPayments) ->
                money.put(currency, ofPayments.values().longStream().reduce(0, HitSet::saturated)));
        return new DeadLetterSummary.Hit(payments.size(), users.size(), money, unread);
    }

    private static long saturated(long one, long other) {
        try {
            return Math.addExact(one, other);
        } catch (ArithmeticException e) {
            return other < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}

package ipn.operations.find;

import ipn.operations.decision.Money;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.RecordSource;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What an index is asked for in a search: at least what {@link Criteria} match. */
public record SearchLookups(RecordSource source, Criteria criteria) {
    /** Names of lookups in payments, orders and decisions. */
    public static final String PAYMENTS = "payment-search";

    public static final String ORDERS = "order-search";
    public static final String DECISIONS = "decision-search";

    /** Terms, of which a record has one. */
    public static final String ID = "id";

    public static final String ORDER = "order";

    /** Terms, of which a record has every one. The amount is such as {@code 800 USD}. */
    public static final String AMOUNT = "amount";

    public static final String SINCE = "since";
    public static final String ACCOUNT = "account";

    Lookup orders() {
        return isKnown() ? narrowed(withText(ORDERS, TopicCatalogue.ORDERS)) : source.all(TopicCatalogue.ORDERS);
    }

    /** @param orders payments of these are found, too, and those with these keys */
    Lookup payments(Collection<String> orders, Collection<String> keys) {
        if (!isKnown()) {
            return source.all(TopicCatalogue.PAYMENTS);
        }
        var lookup = withText(PAYMENTS, TopicCatalogue.PAYMENTS);
        return narrowed(
                criteria.text().isEmpty() ? lookup : lookup.any(ORDER, orders).any(Lookup.KEY, keys));
    }

    /** These, and all others about the same. */
    Lookup decisions() {
        return isKnown() ? withText(DECISIONS, TopicCatalogue.DECISIONS) : source.all(TopicCatalogue.DECISIONS);
    }

    /** No index has parts at any place. */
    private boolean isKnown() {
        return criteria.text().filter(SearchText::anywhere).isEmpty();
    }

    private Lookup withText(String name, String topic) {
        var any = new HashMap<String, Set<String>>();
        criteria.id().ifPresent(id -> any.put(ID, Set.of(id)));
        return new Lookup(name, source.name(topic), Set.of(), any, Map.of(), 0);
    }

    private Lookup narrowed(Lookup lookup) {
        var all = new HashMap<String, String>();
        criteria.money().map(SearchLookups::text).ifPresent(amount -> all.put(AMOUNT, amount));
        criteria.since().map(Instant::toString).ifPresent(time -> all.put(SINCE, time));
        criteria.account().ifPresent(account -> all.put(ACCOUNT, account));
        return new Lookup(lookup.name(), lookup.topic(), Set.of(), lookup.any(), all, 0);
    }

    /** An amount as the value of a term. */
    public static String text(Money money) {
        return money.amount() + " " + money.currency();
    }
}

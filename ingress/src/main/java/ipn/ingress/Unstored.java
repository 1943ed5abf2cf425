package ipn.ingress;

import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Authentic notifications of an account that could not be stored, each once however often the gateway sends it, and their money. Thread-safe. */
final class Unstored {
    /** More are not counted. */
    static final int MAX = 5_000;

    /** By event key: the capture that it reports; empty: it reports none. */
    private final Map<String, Optional<String>> byEvent = new HashMap<>();
    /** By capture, because several events report the same. */
    private final Map<String, Money> captures = new HashMap<>();

    private final Map<String, Long> minorUnits = new TreeMap<>();
    private volatile int count;

    /** These could not be stored. */
    synchronized void add(GatewayAccount account, Delivery delivery, List<Item> items) {
        for (var item : items) {
            if (byEvent.size() < MAX && !byEvent.containsKey(item.eventKey())) {
                var captured = captured(account, delivery, item);
                byEvent.put(item.eventKey(), captured.map(each -> key(item, each)));
                captured.ifPresent(each -> addMoney(key(item, each), each.amount()));
            }
        }
        count = byEvent.size();
    }

    private static String key(Item item, Fact.Captured captured) {
        return item.paymentKey() + " " + captured.id();
    }

    private void addMoney(String capture, Money amount) {
        if (captures.putIfAbsent(capture, amount) == null) {
            minorUnits.merge(amount.currency(), amount.minorUnits(), Long::sum);
        }
    }

    /** These are stored. */
    void remove(List<Item> items) {
        if (count > 0) {
            removeKnown(items);
        }
    }

    private synchronized void removeKnown(List<Item> items) {
        for (var item : items) {
            Optional.ofNullable(byEvent.remove(item.eventKey()))
                    .flatMap(capture -> capture)
                    .map(captures::remove)
                    .ifPresent(amount -> minorUnits.merge(amount.currency(), -amount.minorUnits(), Long::sum));
        }
        count = byEvent.size();
    }

    private static Optional<Fact.Captured> captured(GatewayAccount account, Delivery delivery, Item item) {
        try {
            return account.translate(delivery, item) instanceof Translation.Understood understood
                    ? understood.notification().facts().stream()
                            .filter(Fact.Captured.class::isInstance)
                            .map(Fact.Captured.class::cast)
                            .findFirst()
                    : Optional.empty();
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty(); // the processor reports it when it is stored
        }
    }

    synchronized void clear() {
        byEvent.clear();
        captures.clear();
        minorUnits.replaceAll((currency, amount) -> 0L);
        count = 0;
    }

    int count() {
        return count;
    }

    /** The currencies that there have been. */
    synchronized List<String> currencies() {
        return List.copyOf(minorUnits.keySet());
    }

    synchronized long minorUnits(String currency) {
        return minorUnits.getOrDefault(currency, 0L);
    }
}

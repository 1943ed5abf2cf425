package ipn.projector.catalogue;

import ipn.projector.catalogue.Product.Kind;
import ipn.settings.Settings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code prices} of a product: a map of amounts, or a list of such maps, each with the time from which it holds. One of the list has
 * no such time and holds before all others, so that no payment of the past is without a price.
 */
final class PriceSettings {
    private static final String KEY = "prices";
    private static final String FROM = "from";
    private static final String EXAMPLE = "e.g. [{from: 2026-11-01, USD: 900}, {USD: 800}]";

    private final Settings product;

    private PriceSettings(Settings product) {
        this.product = product;
    }

    static Prices from(Settings product, Kind kind) {
        return new PriceSettings(product).read(kind);
    }

    private Prices read(Kind kind) {
        var entries = product.maps(KEY);
        var lists = new ArrayList<PriceList>();
        for (var index = 0; index < entries.size(); index++) {
            var key = product.full(KEY) + (entries.size() == 1 ? "" : "[" + index + "]");
            list(key, entries.get(index)).ifPresent(lists::add);
        }
        if (entries.isEmpty() && kind == Kind.SUBSCRIPTION) {
            problem(product.full(KEY), "none", "at least one, e.g. {USD: 800}");
        }
        if (!entries.isEmpty()) {
            verifyTimes(entries, lists);
        }
        return lists.isEmpty() ? Prices.always(Map.of()) : new Prices(lists);
    }

    /** Empty if its time is wrong. */
    private Optional<PriceList> list(String key, Map<String, String> entry) {
        var amounts = new TreeMap<String, Long>();
        entry.forEach((currency, amount) -> {
            if (currency.matches("[A-Z]{3}") && amount.matches("[0-9]{1,14}")) {
                amounts.put(currency, Long.parseLong(amount));
            } else if (!currency.equals(FROM)) {
                problem(key + "." + currency, amount, "an ISO 4217 code and minor units, e.g. USD: 800");
            }
        });
        if (entry.keySet().stream().allMatch(FROM::equals)) {
            problem(key, "no price", "at least one currency and its minor units, e.g. USD: 800");
        }
        var from = entry.get(FROM);
        return time(key, from).map(time -> new PriceList(time, amounts));
    }

    private Optional<Instant> time(String key, @Nullable String from) {
        if (from == null) {
            return Optional.of(Instant.MIN);
        }
        try {
            var time = from.contains("T")
                    ? Instant.parse(from)
                    : LocalDate.parse(from).atStartOfDay(ZoneOffset.UTC).toInstant();
            return Optional.of(time);
        } catch (DateTimeException e) {
            problem(key + "." + FROM, from, "a date or an instant, e.g. 2026-11-01 or 2026-11-01T09:00:00Z");
            return Optional.empty();
        }
    }

    private void verifyTimes(List<Map<String, String>> entries, List<PriceList> lists) {
        if (entries.stream().allMatch(entry -> entry.containsKey(FROM))) {
            problem(product.full(KEY), "every entry has from", "one without, the price before all others, " + EXAMPLE);
        }
        var times = new HashSet<Instant>();
        lists.stream()
                .map(PriceList::from)
                .filter(from -> !times.add(from))
                .forEach(from -> problem(
                        product.full(KEY),
                        from.equals(Instant.MIN) ? "two entries without from" : "two entries from " + from,
                        "entries of different times, " + EXAMPLE));
    }

    private void problem(String key, String actual, String expected) {
        product.problems().add(key, actual, expected);
    }
}

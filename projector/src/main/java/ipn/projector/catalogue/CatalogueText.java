package ipn.projector.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.avro.DiscrepancyKind;
import ipn.key.Sha256;
import ipn.settings.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A catalogue as text: the settings that judge, in canonical form, with all defaults written out. Equal catalogues have equal texts in
 * every process, and {@link #parse} reads the text with the reader of the settings.
 */
public final class CatalogueText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HASH_LENGTH = 12;
    private static final String LIVE = "live";

    private CatalogueText() {}

    /** The text of a catalogue; its version is not part of it. */
    public static String of(ProductCatalogue catalogue) {
        return of(catalogue.byName(), catalogue.live(), catalogue.policy());
    }

    static String of(Map<String, Product> byName, boolean live, Policy policy) {
        var products = new TreeMap<String, Object>();
        byName.values().stream()
                .distinct()
                .forEach(product -> products.put(product.name(), product(product, aliases(byName, product))));
        var all = new TreeMap<String, Object>();
        all.put(LIVE, live);
        all.put("policy", policy(policy));
        all.put("products", products);
        try {
            return JSON.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("catalogue: cannot be written as JSON", e);
        }
    }

    /**
     * Reads the text of a version.
     *
     * @throws ipn.settings.SettingsException if it is no catalogue
     */
    public static ProductCatalogue parse(String text, String version) {
        var settings = Settings.parse(text);
        var read = CatalogueSettings.from(settings, settings.flag(LIVE, true));
        settings.problems().throwIfAny();
        return new ProductCatalogue(read.byName(), read.live(), read.policy(), version);
    }

    /** The first characters of the SHA-256 of a text, in hexadecimal. */
    static String hash(String text) {
        return Sha256.hex(text).substring(0, HASH_LENGTH);
    }

    private static List<String> aliases(Map<String, Product> byName, Product product) {
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue().equals(product))
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals(product.name()))
                .sorted()
                .toList();
    }

    private static Map<String, Object> policy(Policy policy) {
        var grants = new TreeSet<String>();
        policy.grants().stream().map(DiscrepancyKind::name).forEach(grants::add);
        var all = new TreeMap<String, Object>();
        all.put(
                "approval",
                policy.approval().stream().map(CatalogueText::kebab).sorted().toList());
        all.put("grants", Stream.concat(Stream.of("MATCHED"), grants.stream()).toList());
        all.put("order-required", new TreeSet<>(policy.orderRequired()));
        all.put("price-overlap", policy.priceOverlap().toString());
        return all;
    }

    private static Map<String, Object> product(Product product, List<String> aliases) {
        var all = new TreeMap<String, Object>();
        all.put("aliases", aliases);
        all.put("entitlement", product.entitlement());
        all.put("kind", kebab(product.kind()));
        all.put("interval", product.interval().toString());
        all.put("grace", product.grace().toString());
        all.put("cancellation", kebab(product.cancellation()));
        if (product.scoped()) {
            all.put("scope", "reference");
        }
        var prices = product.prices().newestFirst().stream()
                .filter(list -> !list.amounts().isEmpty())
                .map(CatalogueText::prices)
                .toList();
        if (!prices.isEmpty()) {
            all.put("prices", prices);
        }
        all.put(
                "tolerance",
                new TreeMap<>(Map.of(
                        "under",
                        product.tolerance().under(),
                        "over",
                        product.tolerance().over())));
        all.put("discounts", product.offers().discounts().toString());
        product.offers().trial().ifPresent(trial -> all.put("trial", trial.toString()));
        all.put("keeps-above", product.keepsAbove().percent());
        return all;
    }

    private static Map<String, Object> prices(PriceList list) {
        var all = new TreeMap<String, Object>(list.amounts());
        if (!list.from().equals(Instant.MIN)) {
            all.put("from", list.from().toString());
        }
        return all;
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package ipn.projector.history;

import ipn.projector.catalogue.CatalogueChange;
import ipn.projector.catalogue.ProductCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says of a start with other settings than those of the last start. */
public final class StartReport {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueTopic.class);

    private StartReport() {}

    /** The settings are new, and in force from now on. */
    static void changed(ProductCatalogue before, ProductCatalogue current) {
        var change = CatalogueChange.between(before, current);
        LOG.atWarn()
                .addKeyValue("before", before.version())
                .addKeyValue("now", current.version())
                .addKeyValue("products", String.join(", ", change.products()))
                .addKeyValue("changes", String.join("; ", change.lines()))
                .log(
                        "Settings that judge payments have changed. What is paid from now on is judged by them; what was paid before keeps its"
                                + " result. Preview with 'ipn policy diff' what they would change, apply with 'ipn policy apply'");
    }

    /**
     * How many payments and orders of this instance changed settings can concern, as an upper bound: so many are matched again when the settings
     * are applied.
     */
    public static void concerned(long payments, long orders) {
        LOG.atWarn()
                .addKeyValue("payments", payments)
                .addKeyValue("orders", orders)
                .log(
                        "The changed settings can concern up to about {} payments and {} orders of this instance. They keep their result until a"
                                + " person applies the settings; 'ipn policy diff' counts those that would change",
                        payments,
                        orders);
    }

    /** The settings were replaced by others, which stay in force. */
    static void older(CatalogueVersions versions, ProductCatalogue settings) {
        var newest = versions.history().orElseThrow().newest();
        var change = CatalogueChange.between(settings, newest);
        var since = versions.newest().orElseThrow().getFrom();
        LOG.atWarn()
                .addKeyValue("settings", settings.version())
                .addKeyValue("inForce", newest.version())
                .addKeyValue("since", since)
                .addKeyValue("changes", String.join("; ", change.lines()))
                .log(
                        "The settings of this process are an older version of products and policy. It judges by version {}, in force since {}, and not by"
                                + " its settings. Restart it with the newer settings; if the older ones are to judge again, a person decides that with"
                                + " 'ipn policy restore {}'",
                        newest.version(),
                        since,
                        versions.nameOf(settings));
    }
}

package ipn.query;

import ipn.operations.find.SearchLookups;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The topics whose records the tables find.
 *
 * @param projector application id of the projector, with which the names of its changelogs begin
 */
public record IndexedTopics(String projector) {
    /** Of a projector whose settings name no other. */
    public static final IndexedTopics USUAL = new IndexedTopics("ipn-projector");

    private static final String CLAIMS = "entitlement-claims";
    private static final String ORDER_ALLOCATIONS = "order-allocations";
    private static final List<String> CATALOGUED = List.of(
            TopicCatalogue.OUTCOMES,
            TopicCatalogue.PAYMENTS,
            TopicCatalogue.ORDERS,
            TopicCatalogue.ENTITLEMENTS,
            TopicCatalogue.ENTITLEMENT_STATE,
            TopicCatalogue.DISCREPANCIES,
            TopicCatalogue.DECISIONS,
            TopicCatalogue.LEDGER,
            TopicCatalogue.NOTIFICATIONS,
            TopicCatalogue.DLQ,
            TopicCatalogue.DLQ_STATUS);

    static IndexedTopics from(Settings settings) {
        return new IndexedTopics(settings.in("projector").text("application-id", USUAL.projector()));
    }

    /** The changelog of the claims to each entitlement. */
    public String claims() {
        return changelog(CLAIMS);
    }

    /** The changelog of the payments of each order. */
    public String orderAllocations() {
        return changelog(ORDER_ALLOCATIONS);
    }

    private String changelog(String store) {
        return projector + "-" + store + "-changelog";
    }

    /** Full names, by the names of lookups. */
    public Map<String, String> names(KafkaSettings kafka) {
        var names = new HashMap<String, String>();
        CATALOGUED.forEach(topic -> names.put(topic, kafka.topics().name(topic)));
        names.put(CLAIMS, claims());
        names.put(ORDER_ALLOCATIONS, orderAllocations());
        names.put("dlq-list", kafka.topics().name(TopicCatalogue.DLQ));
        names.put(SearchLookups.PAYMENTS, kafka.topics().name(TopicCatalogue.PAYMENTS));
        names.put(SearchLookups.ORDERS, kafka.topics().name(TopicCatalogue.ORDERS));
        names.put(SearchLookups.DECISIONS, kafka.topics().name(TopicCatalogue.DECISIONS));
        names.put("discrepancy-list", kafka.topics().name(TopicCatalogue.DISCREPANCIES));
        return Map.copyOf(names);
    }
}

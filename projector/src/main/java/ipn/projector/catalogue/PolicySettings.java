package ipn.projector.catalogue;

import ipn.avro.DiscrepancyKind;
import ipn.decision.DecisionLimits;
import ipn.settings.Settings;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code policy.grants}, {@code policy.order-required}, {@code policy.price-overlap} and {@code policy.approval}. */
final class PolicySettings {
    private static final String MATCHED = "MATCHED";

    private PolicySettings() {}

    static Policy from(Settings settings) {
        var section = settings.in("policy");
        var approval = DecisionLimits.from(settings).approval(); // commands hold to the other limits
        var grants = section.list("grants");
        var orderRequired = new TreeSet<>(section.list("order-required"));
        var priceOverlap = section.duration("price-overlap", Policy.PRICE_OVERLAP_DEFAULT, Policy.PRICE_OVERLAP_MAX);
        if (grants.isEmpty() && !section.has("grants")) {
            return new Policy(Policy.DEFAULT.grants(), orderRequired, priceOverlap, approval);
        }
        if (!grants.contains(MATCHED) || !words().containsAll(grants)) {
            settings.problems()
                    .add(
                            section.full("grants"),
                            String.join(", ", grants),
                            MATCHED + ", and any of " + String.join(", ", grantable()));
        }
        return new Policy(
                Policy.GRANTABLE.stream()
                        .filter(kind -> grants.contains(kind.name()))
                        .collect(Collectors.toUnmodifiableSet()),
                orderRequired,
                priceOverlap,
                approval);
    }

    private static List<String> words() {
        return Stream.concat(Stream.of(MATCHED), grantable().stream()).toList();
    }

    private static List<String> grantable() {
        return Policy.GRANTABLE.stream().map(DiscrepancyKind::name).sorted().toList();
    }
}

package ipn.projector.catalogue;

import ipn.settings.Settings;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads {@code policy.grants} and {@code policy.order-required}. */
final class PolicySettings {
    private static final String MATCHED = "MATCHED";

    private PolicySettings() {}

    static Policy from(Settings settings) {
        var section = settings.in("policy");
        var grants = section.list("grants");
        var orderRequired = new TreeSet<>(section.list("order-required"));
        if (grants.isEmpty() && !section.has("grants")) {
            return new Policy(Policy.DEFAULT.grants(), orderRequired);
        }
        var unknown = grants.stream()
                .filter(kind -> !kind.equals(MATCHED) && !Policy.GRANTABLE.contains(kind))
                .toList();
        if (!unknown.isEmpty() || !grants.contains(MATCHED)) {
            settings.problems().add(section.full("grants"), String.join(", ", grants), expected());
        }
        return new Policy(
                grants.stream().filter(Policy.GRANTABLE::contains).collect(Collectors.toUnmodifiableSet()),
                orderRequired);
    }

    private static String expected() {
        var others = List.copyOf(new TreeSet<>(Policy.GRANTABLE));
        return MATCHED + ", and any of " + String.join(", ", others);
    }
}

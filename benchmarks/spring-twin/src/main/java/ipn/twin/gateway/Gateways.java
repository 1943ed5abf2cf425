package ipn.twin.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All gateways by name. */
@Component
public class Gateways {
    private final Map<String, Gateway> byName;

    public Gateways(List<Gateway> gateways) {
        byName = gateways.stream().collect(Collectors.toUnmodifiableMap(Gateway::name, Function.identity()));
    }

    public Optional<Gateway> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}

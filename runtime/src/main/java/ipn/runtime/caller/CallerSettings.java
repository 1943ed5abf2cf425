package ipn.runtime.caller;

import ipn.settings.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Who may ask, and how they prove who they are.
 *
 * @param oidc the issuer of tokens of people
 */
record CallerSettings(Optional<OidcSettings> oidc, List<Service> services) {
    CallerSettings {
        services = List.copyOf(services);
    }

    /** Reads {@code oidc} and {@code services} of a section. */
    static CallerSettings from(Settings section) {
        var services = section.in("services");
        var all = services.names().stream()
                .map(name -> Service.from(name, services.in(name)))
                .toList();
        var certificates = new HashSet<X500Principal>();
        for (var service : all) {
            if (service.certificate().filter(each -> !certificates.add(each)).isPresent()) {
                services.problems()
                        .add(
                                services.full(service.name()) + ".certificate",
                                "that of another service",
                                "one service for each certificate");
            }
        }
        return new CallerSettings(OidcSettings.from(section), all);
    }

    /** Whether nobody can prove who asks. */
    boolean isEmpty() {
        return oidc.isEmpty() && services.isEmpty();
    }

    /** Whether a caller can prove it by a token. */
    boolean hasTokens() {
        return oidc.isPresent()
                || services.stream().anyMatch(each -> !each.tokens().isEmpty());
    }

    boolean hasCertificates() {
        return services.stream().anyMatch(each -> each.certificate().isPresent());
    }
}

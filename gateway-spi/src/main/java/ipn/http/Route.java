package ipn.http;

import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** Which URLs may be asked, and where the question then goes. Decided on the text alone: nothing is looked up. */
public sealed interface Route permits Route.ToHosts, Route.ToUrl {
    /** The URL to connect to. */
    URI resolve(URI url) throws NotAllowed;

    /** A host that stands for it. */
    String name();

    /**
     * To a gateway's hosts: {@code https}, a host that is exactly one of these (in any case), no port but 443, no user, no
     * fragment.
     *
     * @param hosts exact names in lower case, from a gateway's code; never out of a notification
     * @param via whom to ask instead, at the same path (behind this one's own) and query
     */
    record ToHosts(Set<String> hosts, Optional<URI> via) implements Route {
        public ToHosts {
            hosts = Set.copyOf(hosts);
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("hosts: none (expected: at least one, or nobody can be asked)");
            }
            hosts.forEach(HostNames::requirePlain);
        }

        @Override
        public URI resolve(URI url) throws NotAllowed {
            HostNames.check(url, hosts);
            return via.isEmpty() ? url : behind(via.get(), url);
        }

        @Override
        public String name() {
            return Collections.min(hosts);
        }

        private static URI behind(URI base, URI url) {
            var path = base.getRawPath().replaceFirst("/+$", "") + url.getRawPath();
            var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + query);
        }
    }

    /** To one URL, which the operator chose. */
    record ToUrl(URI url) implements Route {
        @Override
        public URI resolve(URI url) throws NotAllowed {
            if (!this.url.equals(url)) {
                throw new NotAllowed("a URL other than the one of the settings");
            }
            return url;
        }

        @Override
        public String name() {
            return url.getHost();
        }
    }
}

package ipn.http;

import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** Decides which URLs are allowed, and to which URL the request is sent. Uses only the text of the URL; no name is resolved. */
public sealed interface Route permits Route.ToHosts, Route.ToUrl {
    /** The URL to connect to. */
    URI resolve(URI url) throws NotAllowed;

    /** A host name that identifies the route in thread names. */
    String name();

    /**
     * Allows a gateway's hosts: {@code https}, exactly one of the hosts (case-insensitive), no port except 443, no user, no
     * fragment.
     *
     * @param hosts exact names in lower case, from a gateway's code; never from a notification
     * @param via URL of a proxy that receives the requests instead; the original path and query are appended to it
     */
    record ToHosts(Set<String> hosts, Optional<URI> via) implements Route {
        public ToHosts {
            hosts = Set.copyOf(hosts);
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("hosts: none (expected: at least one)");
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

    /** Allows one URL, which the operator configured. */
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

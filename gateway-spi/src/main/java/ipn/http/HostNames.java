package ipn.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for URLs that may be requested. Messages name the broken rules, never the URL. */
final class HostNames {
    private static final int URL_LENGTH_MAX = 4096;

    private static final Pattern DOTS = Pattern.compile("(^|/)(\\.|%2e){1,2}(/|$)", Pattern.CASE_INSENSITIVE);

    private HostNames() {}

    /** Requires a full host name in lower case, so that host names can be compared as texts. */
    static void requirePlain(String host) {
        if (!host.matches("([a-z0-9-]+\\.)+[a-z]+")) {
            throw new IllegalArgumentException("host: %s (expected: a full name in lower case)".formatted(host));
        }
    }

    static void check(URI url, Set<String> hosts) throws NotAllowed {
        require("https".equalsIgnoreCase(url.getScheme()), "a scheme other than https");
        require(url.getRawUserInfo() == null, "a user in a URL");
        require(url.getRawFragment() == null, "a fragment in a URL");
        require(url.getPort() == -1 || url.getPort() == 443, "a port other than 443");
        // The client encodes other characters, and would send a URL that differs from the checked one.
        require(ascii(url.toString()), "a URL that is not ASCII");
        require(url.toString().length() <= URL_LENGTH_MAX, "a URL of more than " + URL_LENGTH_MAX + " characters");
        // They would leave the base path of the operator's proxy URL.
        require(!DOTS.matcher(String.valueOf(url.getRawPath())).find(), "a path with . or .. in it");
        require(url.getHost() != null && hosts.contains(url.getHost().toLowerCase(Locale.ROOT)), "a host not allowed");
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    private static void require(boolean kept, String otherwise) throws NotAllowed {
        if (!kept) {
            throw new NotAllowed(otherwise);
        }
    }
}

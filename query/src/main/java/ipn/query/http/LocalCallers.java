package ipn.query.http;

import java.util.Set;

/**
 * Everybody on this machine, because the port is one of this machine only. A page in a browser could ask through a name that it lets lead here,
 * so other names are refused.
 */
record LocalCallers() implements Callers {
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    @Override
    public String identify(Credentials credentials) {
        if (credentials.host() == null || !HOSTS.contains(credentials.host())) {
            throw new ProblemException(Problem.NOT_LOCAL);
        }
        return "local";
    }
}

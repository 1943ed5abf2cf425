package ipn.query.http;

import org.jspecify.annotations.Nullable;

/** Decides who asks, and whether they may. May block. */
interface Callers {
    /**
     * What a request says about its sender.
     *
     * @param host that it was sent to
     * @param authorization the header
     */
    record Credentials(@Nullable String host, @Nullable String authorization) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Credentials[" + host + "]";
        }
    }

    /**
     * The name of the caller, for the log.
     *
     * @throws ProblemException if they may not ask
     */
    String identify(Credentials credentials);
}

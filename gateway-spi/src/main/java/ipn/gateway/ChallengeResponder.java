package ipn.gateway;

import java.util.Optional;

/** An account whose gateway visits an address with a GET before it sends anything there. */
public interface ChallengeResponder {
    /**
     * Answers the visit. Total.
     *
     * @param query raw query of the URL; empty where there is none
     * @return empty where this is no such visit: it is answered as any other GET
     */
    Optional<Acknowledgement> answer(String query);
}

package ipn.gateway;

import java.util.Optional;

/** An account whose gateway verifies an address with a GET request before it sends notifications to it. */
public interface ChallengeResponder {
    /**
     * Answers the GET request. Never throws.
     *
     * @param query raw query of the URL; empty if there is none
     * @return empty if the request is not such a verification; it is then answered like any other GET
     */
    Optional<Acknowledgement> answer(String query);
}

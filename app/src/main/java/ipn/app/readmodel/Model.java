package ipn.app.readmodel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What the query stage says of its tables.
 *
 * @param asOf everything that was committed before is in them, by the clock of the stage
 * @param age how old that is
 * @param cluster id of the Kafka cluster that they are of
 * @param topics full names of the topics, by the names of lookups
 */
record Model(Instant asOf, Duration age, String cluster, Map<String, String> topics) {
    static final String PATH = "/v1/model";

    Model {
        topics = Map.copyOf(topics);
    }

    /** @throws QueryException if it is no such answer */
    static Model of(JsonNode answer) {
        var topics = new HashMap<String, String>();
        answer.path("topics")
                .properties()
                .forEach(each -> topics.put(each.getKey(), each.getValue().asText()));
        try {
            return new Model(
                    Instant.parse(answer.path("as_of").asText()),
                    Duration.ofMillis(answer.path("age_ms").asLong()),
                    answer.path("cluster").asText(),
                    topics);
        } catch (DateTimeException e) {
            throw new QueryException("is no query of this version");
        }
    }

    /** When this was answered, by the clock of the stage. */
    Instant answeredAt() {
        return asOf.plus(age);
    }
}

package ipn.query.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import ipn.operations.PlainValues;
import ipn.operations.explain.Explain;
import ipn.operations.explain.evidence.Question;
import ipn.operations.topic.Progress;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a user has, or does not have, an entitlement: as {@code ipn explain} tells it, from the same records, which the tables find.
 *
 * @param parameters checked, by name
 * @param now when it is asked
 */
record ExplainQuestion(Records records, Map<String, String> parameters, Instant now)
        implements ipn.query.http.Question {
    static final String PATH = "/v1/explain";
    static final String USER = "user";
    static final String PAYMENT = "payment";
    static final String ENTITLEMENT = "entitlement";
    static final String AT = "at";
    /** In the order of the description. */
    static final List<String> PARAMETERS = List.of(USER, PAYMENT, ENTITLEMENT, AT);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The user that decides most: who has an entitlement by it, whose order it pays, whom it or what it pays names, whose discrepancy it is. */
    private static final String USER_OF_PAYMENT = """
            SELECT subject FROM (
                SELECT 1 AS rank, subject FROM entitlements WHERE payment_key = ?
                UNION ALL SELECT 2, orders.subject FROM payments JOIN orders USING (order_id) WHERE payment_key = ?
                UNION ALL SELECT 3, subject FROM payments WHERE payment_key = ?
                UNION ALL SELECT 4, paid.subject FROM payments
                    CROSS JOIN jsonb_array_elements(payments.links) AS link (value)
                    JOIN payments paid ON paid.payment_key = link.value ->> 'target' WHERE payments.payment_key = ?
                UNION ALL SELECT 5, subject FROM discrepancies WHERE payment_key = ?) named
            WHERE subject IS NOT NULL AND subject <> '' ORDER BY rank LIMIT 1
            """;

    /** @throws ProblemException if a parameter is unknown, repeated, missing or has a wrong value */
    static ExplainQuestion of(Records records, MultiMap query, Clock clock) {
        var checked = new HashMap<String, String>();
        for (var parameter : query) {
            var name = parameter.getKey();
            if (!PARAMETERS.contains(name)) {
                throw new ProblemException(Problem.BAD_PARAMETER);
            }
            var kind = name.equals(AT) ? Kind.TIME : Kind.TEXT;
            if (!kind.accepts(parameter.getValue())) {
                throw ProblemException.parameter(name, kind.expected());
            }
            if (checked.put(name, parameter.getValue()) != null) {
                throw ProblemException.parameter(name, "once");
            }
        }
        if (checked.containsKey(USER) == checked.containsKey(PAYMENT)) {
            throw ProblemException.parameter(USER, "either user or payment");
        }
        var now = clock.instant();
        if (checked.containsKey(AT) && Instant.parse(checked.get(AT)).isAfter(now)) {
            throw ProblemException.parameter(AT, "a time up to now");
        }
        return new ExplainQuestion(records, checked, now);
    }

    @Override
    public void answer(Sql sql, ObjectNode answer) throws SQLException {
        var at = Optional.ofNullable(parameters.get(AT)).map(Instant::parse);
        var question = new Question(
                user(sql), Optional.ofNullable(parameters.get(ENTITLEMENT)), at.orElse(now), at.isPresent());
        var index = new TableIndex(sql.connection(), records);
        var source = records.source(lookup -> {
            var found = index.find(lookup);
            if (found.isEmpty() && !records.isOptional(lookup.topic())) {
                throw new ProblemException(Problem.TOO_MUCH);
            }
            return found;
        });
        var explanation =
                new Explain(source, records.projector(), records.approval()).explain(question, Progress.SILENT);
        if (!explanation.known()) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        answer.set("explanation", JSON.valueToTree(PlainValues.of(explanation)));
    }

    private String user(Sql sql) throws SQLException {
        var user = parameters.get(USER);
        if (user != null) {
            return user;
        }
        var payment = parameters.getOrDefault(PAYMENT, "");
        var found = sql.rows(USER_OF_PAYMENT, List.of(payment, payment, payment, payment, payment));
        if (found.isEmpty()) {
            throw new ProblemException(Problem.NO_USER);
        }
        return found.get(0).path("subject").asText();
    }
}

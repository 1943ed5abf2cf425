package ipn.query.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import ipn.operations.OperationFailedException;
import ipn.operations.topic.StalledException;
import ipn.query.database.AsOf;
import ipn.query.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/** Answers questions from one state of the database. May block. */
record Answers(Database database, AsOf asOf, Clock clock) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CANCELED = "57014";
    private static final String NO_TABLE = "42P01";

    /**
     * An answer.
     *
     * @param json of it
     * @param rows of the tables that it shows
     */
    record Answer(Buffer json, int rows) {}

    /**
     * The answer to a question.
     *
     * @throws ProblemException if there is none
     */
    Answer answer(Question question) {
        try (var connection = database.read()) {
            var answer = answer(question, connection);
            connection.rollback(); // nothing was written; it ends the snapshot
            return new Answer(Buffer.buffer(JSON.writeValueAsBytes(answer)), rows(answer));
        } catch (SQLException e) {
            throw new ProblemException(problem(e));
        } catch (TableIndex.FailedException e) {
            throw new ProblemException(problem(e.failure()));
        } catch (OperationFailedException e) {
            throw new ProblemException(Problem.CHANGED);
        } catch (StalledException | KafkaException e) {
            throw new ProblemException(Problem.KAFKA_AWAY);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode answer(Question question, Connection connection) throws SQLException {
        var complete = asOf.read(connection).orElseThrow(() -> new ProblemException(Problem.BEING_BUILT));
        var answer = JSON.createObjectNode();
        answer.put("as_of", complete.toString());
        answer.put(
                "age_ms",
                Math.max(0, Duration.between(complete, clock.instant()).toMillis()));
        question.answer(new Sql(connection), answer);
        return answer;
    }

    /** Lists of rows, and single rows. */
    private static int rows(ObjectNode answer) {
        var rows = 0;
        for (var part : answer) {
            rows += part.isArray() ? part.size() : part.isObject() ? 1 : 0;
        }
        return rows;
    }

    /** While the read model is built again, its tables are absent for a moment. */
    private static Problem problem(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return switch (state) {
            case CANCELED -> Problem.TOO_MUCH;
            case NO_TABLE -> Problem.BEING_BUILT;
            default -> state.startsWith("22") ? Problem.BAD_PARAMETER : Problem.DATABASE_AWAY;
        };
    }
}

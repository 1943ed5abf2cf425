package ipn.query.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;

/** A question whose parameters are checked. */
@FunctionalInterface
interface Question {
    /** @throws ProblemException if there is no answer */
    void answer(Sql sql, ObjectNode answer) throws SQLException;
}

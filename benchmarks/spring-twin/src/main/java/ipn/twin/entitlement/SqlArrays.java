package ipn.twin.entitlement;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.support.SqlArrayValue;

/** Arrays as parameters of statements: one statement for a whole batch. */
final class SqlArrays {
    private SqlArrays() {}

    static SqlArrayValue text(Collection<String> values) {
        return new SqlArrayValue("text", values.toArray());
    }

    static <T> SqlArrayValue text(List<T> rows, Function<T, Object> column) {
        return array("text", rows, column);
    }

    static <T> SqlArrayValue numbers(List<T> rows, Function<T, Object> column) {
        return array("int8", rows, column);
    }

    static <T> SqlArrayValue booleans(List<T> rows, Function<T, Object> column) {
        return array("bool", rows, column);
    }

    private static <T> SqlArrayValue array(String type, List<T> rows, Function<T, Object> column) {
        return new SqlArrayValue(type, rows.stream().map(column).toArray());
    }
}

package ipn.query;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.polling.Polling;
import ipn.query.database.AsOf;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The age of answers from the real database, while nobody asks for it. */
@Timeout(60)
class AnswersAgeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private ReadModel model;
    private AnswersAge age;

    @BeforeEach
    void start() {
        model = ReadModel.create(AnswersAgeIT.class);
        model.database().migrate();
        age = AnswersAge.start(model.database(), new AsOf(), Clock.systemUTC(), Duration.ofMillis(20));
    }

    @AfterEach
    void close() {
        age.close();
        model.close();
    }

    @Test
    void is_read_without_questions_and_grows_when_the_tables_do_not_change() throws SQLException {
        assertThat(age.age()).isEmpty();
        assertThat(age.seconds()).isNaN();

        model.execute("UPDATE progress SET as_of = now() - interval '1 hour'");
        await(3_600, 3_700);
        model.execute("UPDATE progress SET as_of = now()");
        await(0, 3_000);
        var before = age.seconds();
        assertThat(Polling.upTo(PATIENCE).until(() -> age.seconds() > before)).isTrue();
    }

    private void await(double min, double max) {
        assertThat(Polling.upTo(PATIENCE).until(() -> age.seconds() >= min && age.seconds() < max))
                .as("%s s", age.seconds())
                .isTrue();
    }
}

package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Strangers cause lines; lines and counts add up. */
class RefusalLogTest {
    private static final int REFUSED = 500;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("ipn.ingress.requests");

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    @Test
    void refused_requests_are_sampled_and_their_sum_is_exact() {
        try (var ingress = new Ingress("", TestAccount.main())) {
            for (var i = 0; i < REFUSED; i++) {
                assertThat(ingress.statusOf(Post.unsigned("pay_1 evt_" + i))).isEqualTo(401);
            }
            assertThat(ingress.statusOf(Post.signed("pay_1 evt_1"))).isEqualTo(200);
            assertThat(ingress.requests("not_authentic")).isEqualTo(REFUSED);
        }
        var lines = List.copyOf(log.list);
        var own = lines.stream()
                .filter(line -> "not_authentic".equals(value(line, "outcome")))
                .count();
        var suppressed = lines.stream()
                .map(line -> value(line, "suppressed"))
                .filter(Long.class::isInstance)
                .mapToLong(Long.class::cast)
                .sum();
        assertThat(own).isLessThan(REFUSED / 2);
        assertThat(own + suppressed).isEqualTo(REFUSED);
        assertThat(lines)
                .filteredOn(line -> "acknowledged".equals(value(line, "outcome")))
                .hasSize(1);
    }

    private static Object value(ILoggingEvent line, String key) {
        return line.getKeyValuePairs().stream()
                .filter(pair -> pair.key.equals(key))
                .map(pair -> pair.value)
                .findFirst()
                .orElse("");
    }
}

package ipn.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ipn.polling.Polling;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockAppenderTest {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final BlockAppender appender = new BlockAppender();
    private final Logger log = context.getLogger("test");

    @AfterEach
    void stop() {
        context.stop();
    }

    private void start(long waitMillis) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg;");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOut(out);
        appender.setWaitMillis(waitMillis);
        appender.start();
        log.addAppender(appender);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void lines_wait_and_are_written_together() {
        start(50);
        log.info("one");
        log.info("two");
        assertThat(Polling.upTo(Duration.ofSeconds(10)).until(() -> written().equals("one;two;")))
                .isTrue();
    }

    @Test
    void a_warning_is_written_at_once_with_what_waits() {
        start(Duration.ofHours(1).toMillis());
        log.info("one");
        assertThat(written()).isEmpty();
        log.warn("two");
        assertThat(written()).isEqualTo("one;two;");
    }

    @Test
    void nothing_waits_while_the_jvm_ends() {
        start(Duration.ofHours(1).toMillis());
        log.info("one");
        appender.writeAtOnceFromNowOn();
        assertThat(written()).isEqualTo("one;");
        log.info("two");
        assertThat(written()).isEqualTo("one;two;");
    }

    @Test
    void a_line_is_never_divided() {
        start(Duration.ofHours(1).toMillis());
        var line = "x".repeat(20_000);
        log.info(line);
        log.info(line);
        assertThat(written()).isEqualTo(line + ";");
    }
}

package ipn.twin;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** What Spring Boot does not configure from {@code application.yaml}. */
@Configuration
class TwinConfiguration {
    private static final long RETRY_MILLIS = 1_000;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** A batch that fails is processed again until it succeeds: what cannot be read is dead-lettered, so only an outage of the database fails. */
    @Bean
    DefaultErrorHandler errorHandler() {
        return new DefaultErrorHandler(new FixedBackOff(RETRY_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS));
    }
}

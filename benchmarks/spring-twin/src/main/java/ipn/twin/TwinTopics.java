package ipn.twin;

import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;

/** The topics, which the service creates if they do not exist. */
@Configuration
public class TwinTopics {
    public static final String RAW = "twin.raw";
    public static final String ENTITLEMENTS = "twin.entitlements";
    public static final String DEAD_LETTERS = "twin.dead-letters";

    private static final int PARTITIONS = 8;

    @Bean
    NewTopic raw() {
        return TopicBuilder.name(RAW).partitions(PARTITIONS).build();
    }

    @Bean
    NewTopic entitlements() {
        return TopicBuilder.name(ENTITLEMENTS).partitions(PARTITIONS).build();
    }

    @Bean
    NewTopic deadLetters() {
        return TopicBuilder.name(DEAD_LETTERS).partitions(PARTITIONS).build();
    }
}

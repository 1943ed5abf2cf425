package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Accounts;
import ipn.settings.Settings;
import ipn.topics.Headers;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What a dead letter is about is read by the gateway's translation, with the settings of now. */
class DeadLetterTranslationTest {
    private static final String BODY = """
            {"live":"false","notificationItems":[{"NotificationRequestItem":{
              "additionalData":{"shopperReference":"u_1","metadata.product":"premium"},
              "amount":{"currency":"EUR","value":900},"eventCode":"AUTHORISATION","eventDate":"2026-11-27T11:30:08Z",
              "merchantAccountCode":"ShopTwo","merchantReference":"o_1","paymentMethod":"visa",
              "pspReference":"PSP1","reason":"","success":"true"}}]}
            """;

    private static DeadLetterTranslation settings(String merchants) {
        var yaml = """
                gateways:
                  adyen:
                    main: {mode: test, secrets: ["file:none"], merchant-account: %s}
                """.formatted(merchants);
        return new DeadLetterTranslation(Accounts.from(Settings.parse(yaml, Map.of(), Path.of(""))));
    }

    private static ConsumerRecord<byte[], byte[]> letter(String source, String body) {
        var record = new ConsumerRecord<>("ipn.dlq", 0, 0, new byte[0], body.getBytes(UTF_8));
        record.headers().add(Headers.CE_SOURCE, source.getBytes(UTF_8));
        record.headers().add(Headers.CONTENT_TYPE, "application/json".getBytes(UTF_8));
        record.headers().add(Headers.RECEIVED_AT, "2026-11-27T11:30:09Z".getBytes(UTF_8));
        return record;
    }

    @Test
    void user_order_and_amount_are_read_once_the_settings_are_corrected() {
        assertThat(settings("[ShopOne, ShopTwo]").read(letter("/ipn/adyen/main", BODY)))
                .contains(new DeadLetterContent("u_1", "o_1", 900L, "EUR", null));
    }

    @Test
    void what_would_fail_again_says_so() {
        assertThat(settings("[ShopOne]").read(letter("/ipn/adyen/main", BODY)))
                .hasValueSatisfying(content -> assertThat(content.refused()).isEqualTo("WRONG_RECEIVER"));
        assertThat(settings("[ShopOne]").read(letter("/ipn/adyen/main", "{")))
                .hasValueSatisfying(content -> assertThat(content.refused()).isNotNull());
    }

    @Test
    void nothing_is_known_of_other_records() {
        assertThat(settings("[ShopOne]").read(letter("/ipn/adyen/other", BODY))).isEmpty();
        assertThat(settings("[ShopOne]").read(letter("", BODY))).isEmpty();
        assertThat(settings("[ShopOne]").read(new ConsumerRecord<>("ipn.dlq", 0, 0, new byte[0], null)))
                .isEmpty();
    }
}

package ipn.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.embedded.EmbeddedRegistry;
import ipn.embedded.KafkaUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands against a real broker on which nothing has happened yet. */
class OperatorCommandsIT {
    @TempDir
    private static Path folder;

    private static EmbeddedRegistry registry;
    private static String config;

    private final Console console = new Console(Map.of());

    @BeforeAll
    static void createTopics() throws IOException {
        registry = EmbeddedRegistry.start(folder.resolve("schemas.json"), 0);
        config = Files.writeString(folder.resolve("ipn.yaml"), """
                        kafka: {bootstrap.servers: "%s"}
                        schema-registry: {url: "%s"}
                        topics: {prefix: operator-commands., partitions: 2, replication: 1}
                        products:
                          premium: {entitlement: premium, kind: subscription, interval: P1M, grace: P7D, prices: {USD: 800}}
                          promoted-post: {entitlement: promotion, kind: once, scope: reference, prices: {USD: 2500}}
                        """.formatted(
                                KafkaUnderTest.shared().bootstrapServers(), registry.url()))
                .toString();
        var console = new Console(Map.of());
        assertThat(console.run("topics", "apply", "--config", config))
                .as(console.errors())
                .isZero();
        assertThat(console.run("schemas", "apply", "--config", config))
                .as(console.errors())
                .isZero();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @ParameterizedTest
    @CsvSource({
        "payment show stripe/main/pi_nope, stripe/main/pi_nope: unknown payment (expected: gateway/account/id",
        "order show o_nope, o_nope: unknown order (expected: ",
        "entitlements u_nope, 'u_nope: no entitlement now or before; no open discrepancy; see ''ipn explain u_nope'''",
        "notifications u_nope, u_nope: no user notifications (",
        "explain u_nope, u_nope: nothing is stored about this user (expected: ",
        "ledger show stripe/main/pi_nope, stripe/main/pi_nope: no entries (expected: ",
        "dlq show d_nope, d_nope: no such dead letter (expected: an id from 'ipn dlq list --all')",
        "dlq replay d_nope --no-wait, d_nope: no such open dead letter (expected: an id from 'ipn dlq list')",
        "dlq discard d_nope --why=noise, d_nope: no such open dead letter (expected: an id from 'ipn dlq list')",
        "dlq undo d_nope --why=open, d_nope: no such discarded or parked dead letter (expected: an id from 'ipn dlq list --all')"
    })
    void an_unknown_id_is_exit_code_1_and_the_message_has_the_id_and_what_to_try(String command, String message) {
        assertThat(run(command)).as(console.errors()).isEqualTo(1);
        assertThat(console.errors() + console.output()).contains(message).doesNotContain("Exception");

        var json = new Console(Map.of());
        assertThat(json.run(words(command + " --json"))).as(json.errors()).isEqualTo(1);
        assertThat(json.errors() + json.output()).contains(message.split(": ", 2));
    }

    @Test
    void an_order_of_an_unknown_product_is_written_with_a_warning() {
        assertThat(run("order put o_1 --subject u_1 --product premuim --amount 8.00"))
                .isZero();
        assertThat(console.errors())
                .contains(
                        "warning: --product: premuim is unknown (expected: a product of the settings: premium, promoted-post)");
        assertThat(console.output()).contains("o_1: order of 8.00 USD written");
    }

    @Test
    void an_order_without_the_scope_of_its_product_is_written_with_a_warning() {
        assertThat(run("order put o_2 --subject u_1 --product promoted-post --amount 25.00"))
                .isZero();
        assertThat(console.errors())
                .contains("warning: --reference: missing (expected: the id of what promoted-post applies to");
    }

    @Test
    void an_order_that_exists_with_other_terms_is_replaced_with_a_warning() {
        assertThat(run("order put o_3 --subject u_1 --product premium --amount 8.00"))
                .isZero();
        assertThat(run("order put o_3 --subject u_1 --product premium --amount 8.00"))
                .isZero();
        assertThat(console.errors()).isEmpty();
        assertThat(run("order put o_3 --subject u_2 --product premium --amount 9.00"))
                .isZero();
        assertThat(console.errors())
                .contains(
                        "warning: o_3: exists already with other terms, which are replaced: subject was u_1, amount was 8.00 USD");
    }

    @Test
    void a_registry_that_does_not_answer_is_exit_code_3_although_kafka_answers() {
        var other = new Console(Map.of("IPN_SCHEMA_REGISTRY_URL", "http://127.0.0.1:1"));
        assertThat(other.run(words("payment show stripe/main/pi_nope"))).isEqualTo(3);
        assertThat(other.errors())
                .contains("schema registry http://127.0.0.1:1: no answer (expected: ")
                .doesNotContain("kafka");
    }

    private int run(String command) {
        return console.run(words(command));
    }

    private static String[] words(String command) {
        return Stream.concat(Stream.of(command.split(" ")), Stream.of("--config", config, "--data", folder.toString()))
                .toArray(String[]::new);
    }
}

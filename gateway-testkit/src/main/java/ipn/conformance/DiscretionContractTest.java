package ipn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Translation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A refusal names a field and what was expected, and quotes nothing: it is stored in outcomes and headers of dead letters, and shown to
 * operators, while any field can contain an address, a card number or a name.
 */
class DiscretionContractTest extends GatewayContract {
    /** In every value that takes the place of another one. */
    private static final String PRIVATE = "41114111";

    private static final Pattern JSON_VALUE =
            Pattern.compile("(?<=:\\s{0,3})(\"(?:[^\"\\\\]|\\\\.)*+\"|-?[0-9][0-9.]*+|true|false|null)");
    private static final Pattern FORM_VALUE = Pattern.compile("(?<==)[^&]*+");

    /** Refused as an id, a word, an amount or a time, or by the parser. */
    private static final List<String> IN_JSON = List.of(
            "\"41114111 ada@example.com\"",
            "\"41114111\\u0007\"",
            "\"41114111-99-99T00:00:00Z\"",
            "41114111.123456",
            "41114111ada",
            "ada41114111");

    private static final List<String> IN_FORM =
            List.of("41114111+ada%40example.com", "41114111%07", "41114111.123456", "%zz41114111");

    @ParameterizedTest
    @MethodSource("named")
    void a_refusal_quotes_no_value_of_the_notification(GatewayUnderTest gateway) {
        var account = gateway.account();
        var details = new TreeSet<String>();
        for (var sample : gateway.samples()) {
            variants(sample.delivery().body().utf8()).forEach(body -> {
                var delivery = Tampering.body(sample.delivery(), original -> body.getBytes(StandardCharsets.UTF_8));
                account.identify(delivery).forEach(item -> {
                    if (account.translate(delivery, item) instanceof Translation.Refused refused) {
                        details.add(refused.detail());
                    }
                });
            });
        }
        assertThat(details).as("why notifications are refused").isNotEmpty().noneMatch(each -> each.contains(PRIVATE));
    }

    /** The body with each of its values replaced, one at a time, by each private one; and one that is damaged. */
    private static Stream<String> variants(String body) {
        var isJson = body.startsWith("{") || body.startsWith("[");
        var values = (isJson ? JSON_VALUE : FORM_VALUE).matcher(body).results().toList();
        var replaced = values.stream()
                .flatMap(value -> (isJson ? IN_JSON : IN_FORM)
                        .stream().map(other -> body.substring(0, value.start()) + other + body.substring(value.end())));
        return Stream.concat(Stream.of(PRIVATE + body), replaced);
    }
}

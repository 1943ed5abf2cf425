package ipn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.settings.Settings;
import ipn.topics.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The merchants in the settings, and those that events name. */
class ReceiverTest {
    private static final String PATH = "gateways.pay.main.shop";
    private static final ReceiverSetting SHOP = new ReceiverSetting("shop", "s_[0-9]+", "a shop, s_1", "on the bill");

    @Test
    void exactly_the_configured_merchants_are_accepted() {
        var receiver = Receiver.exactly(PATH, Set.of("s_1", "s_2"));
        assertThat(List.of("s_1", "s_2")).allMatch(receiver::accepts);
        assertThat(List.of("s_3", "S_1", "s_1 ", "", "any")).noneMatch(receiver::accepts);
        assertThat(List.of("s_1", "", "any")).allMatch(Receiver.any(PATH)::accepts);
        assertThat(receiver.spelled(id -> id.toUpperCase(Locale.ROOT)).accepts("S_1"))
                .isTrue();
    }

    @Test
    void an_event_for_another_merchant_is_refused_without_its_value() {
        var receiver = Receiver.exactly(PATH, Set.of("s_1"));
        var nodes = JsonNodeFactory.instance;
        for (var other : List.of(
                nodes.textNode("s_2"),
                nodes.textNode(""),
                nodes.numberNode(1),
                nodes.objectNode(),
                nodes.arrayNode().add("s_1"))) {
            var refused =
                    catchThrowableOfType(RefusedException.class, () -> receiver.check(new JsonField(other, "/shop")));
            assertThat(refused.reason()).isEqualTo(Reason.WRONG_RECEIVER);
            assertThat(refused.detail()).isEqualTo("/shop: another receiver (expected: one of gateways.pay.main.shop)");
            assertThatCode(() -> Receiver.any(PATH).check(new JsonField(other, "/shop")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void an_event_that_names_no_merchant_passes() {
        var receiver = Receiver.exactly(PATH, Set.of("s_1"));
        for (var none : List.of(JsonNodeFactory.instance.missingNode(), JsonNodeFactory.instance.nullNode())) {
            assertThatCode(() -> receiver.check(new JsonField(none, "/shop"))).doesNotThrowAnyException();
        }
    }

    @Test
    void in_mode_live_the_setting_is_required() {
        assertThat(problems("{mode: live}", SHOP))
                .containsExactly(PATH + ": missing (expected: a shop, s_1, or a list, or any, which accepts every one;"
                        + " shown on the bill)");
        assertThat(problems("{mode: live, shop: []}", SHOP)).hasSize(1);
        assertThat(read("{mode: live, shop: any}", SHOP)).isEqualTo(Receiver.any(PATH));
        assertThat(read("{mode: live, shop: [s_1, s_2]}", SHOP))
                .isEqualTo(Receiver.exactly(PATH, Set.of("s_1", "s_2")));
    }

    @Test
    void in_mode_test_it_may_be_absent_unless_it_is_required_in_every_mode() {
        assertThat(problems("{mode: test}", SHOP)).isEmpty();
        assertThat(read("{mode: test}", SHOP)).isEqualTo(Receiver.any(PATH));
        assertThat(read("{mode: test, shop: s_1}", SHOP)).isEqualTo(Receiver.exactly(PATH, Set.of("s_1")));
        assertThat(problems("{mode: test}", SHOP.inEveryMode())).hasSize(1);
    }

    @Test
    void where_only_the_receiver_proves_whose_event_it_is_any_is_no_value() {
        assertThat(problems("{mode: live, shop: any}", SHOP.exactly()))
                .containsExactly(PATH + ": any (expected: a shop, s_1, or a list, but not any; shown on the bill)");
        assertThat(problems("{mode: live, shop: s_1}", SHOP.exactly())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "[s_1, any]", "[any, x]", "ANY", "[s_1, '']", "s_", "'s_1,s_2'"})
    void what_is_neither_an_id_nor_any_alone_is_a_problem(String wrong) {
        assertThat(problems("{mode: live, shop: " + wrong + "}", SHOP))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).startsWith(PATH + ": "));
    }

    private static List<String> problems(String section, ReceiverSetting setting) {
        var settings = section(section);
        var unused = setting.read(settings, section.contains("live"));
        return settings.problems().found();
    }

    private static Receiver read(String section, ReceiverSetting setting) {
        var settings = section(section);
        var receiver = setting.read(settings, section.contains("live"));
        assertThat(settings.problems().found()).isEmpty();
        return receiver;
    }

    private static Settings section(String section) {
        return Settings.parse("gateways: {pay: {main: " + section + "}}", Map.of(), Path.of(""))
                .in("gateways")
                .in("pay")
                .in("main");
    }
}

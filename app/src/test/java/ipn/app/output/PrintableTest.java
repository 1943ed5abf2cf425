package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.app.output.Terminal.Tone;
import ipn.avro.BrakeStatus;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of strangers never controls a terminal and never shows other text than it has. */
class PrintableTest {
    /** Clears the screen, sets the title, colours, goes back a line, reverses, hides, ends the line. */
    private static final String HOSTILE =
            "a\u001b[2J\u001b]0;title\u0007\u009b31m\rb\u202ec\u2066d\u200be\ufefff\u2028g\u0000h\u007fi\nj\tk\u061c";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);

    @Test
    void every_character_that_is_not_visible_as_itself_is_shown_as_its_code() {
        assertThat(Printable.line(HOSTILE))
                .isEqualTo("a\\u001b[2J\\u001b]0;title\\u0007\\u009b31m\\u000db\\u202ec\\u2066d\\u200be\\ufefff\\u2028g"
                        + "\\u0000h\\u007fi\\u000aj\\u0009k\\u061c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "Grüße 世界 שלום", "😀 \\u001b as text", "a%20b"})
    void visible_text_stays_as_it_is(String text) {
        assertThat(Printable.line(text)).isEqualTo(text);
    }

    @Test
    void whatever_the_terminal_prints_is_printable() {
        terminal.print(HOSTILE);
        terminal.printText(HOSTILE);
        terminal.printErr(HOSTILE);
        terminal.printPart(HOSTILE);
        terminal.show(new Table("id", HOSTILE).row(HOSTILE, "x"));
        assertHarmless(out.toString());
        assertHarmless(err.toString());
        assertThat(out.toString()).contains("\\u001b[2J").contains("\\u202e");
    }

    @Test
    void text_from_outside_cannot_colour_itself_where_the_program_colours() {
        var coloured = new Terminal(new PrintWriter(out), new PrintWriter(err), true);
        coloured.print(coloured.in(Tone.BAD, HOSTILE) + HOSTILE + "\u001b[32m" + "\u00011:32;");
        assertThat(out.toString()).startsWith("\u001b[31ma\\u001b[2J").contains("\\u001b[32m");
        assertHarmless(out.toString().replace("\u001b[31m", "").replace("\u001b[0m", ""));
    }

    static Stream<Schema> records_with_text_from_outside() {
        return Stream.of(
                PaymentState.getClassSchema(),
                Order.getClassSchema(),
                LedgerEntry.getClassSchema(),
                NotificationCommand.getClassSchema(),
                BrakeStatus.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("records_with_text_from_outside")
    void json_has_the_codes_in_every_field_and_is_read_back_unchanged(Schema schema) throws Exception {
        var value = new GenericData.Record(schema);
        schema.getFields().stream()
                .filter(field -> hasText(field.schema()))
                .forEach(field -> value.put(field.pos(), HOSTILE));
        var json = JsonView.pretty(value);
        assertHarmless(json);
        var read = new ObjectMapper().readTree(json);
        assertThat(schema.getFields())
                .filteredOn(field -> hasText(field.schema()))
                .isNotEmpty()
                .allMatch(field -> read.path(field.name()).asText().equals(HOSTILE));
    }

    @Test
    void json_has_the_codes_in_keys_too() {
        assertThat(JsonView.line(Map.of("\u202e", "\u009b"))).isEqualTo("{\"\\u202e\":\"\\u009b\"}");
    }

    private static boolean hasText(Schema schema) {
        return schema.getType() == Schema.Type.STRING
                || schema.isUnion() && schema.getTypes().stream().anyMatch(PrintableTest::hasText);
    }

    private static void assertHarmless(String printed) {
        assertThat(printed.codePoints()
                        .filter(character -> character != '\n' && character != '\t')
                        .filter(character -> Character.getType(character) == Character.CONTROL
                                || Character.getType(character) == Character.FORMAT
                                || Character.getType(character) == Character.LINE_SEPARATOR)
                        .mapToObj(Character::getName))
                .isEmpty();
    }
}

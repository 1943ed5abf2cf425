package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columns_are_as_wide_as_their_widest_cell_and_no_line_ends_in_blanks() {
        var table = new Table("id", "reason", "n").row("a", "MALFORMED", "1").row("a-long-id", "x", "");
        assertThat(table.lines()).containsExactly("id         reason     n", "a          MALFORMED  1", "a-long-id  x");
    }

    @Test
    void numbers_stand_below_each_other() {
        var table = new Table("id", "n", "why")
                .row("a", "1", "x")
                .row("b", "1000", "")
                .numbers(List.of("n"));
        assertThat(table.lines()).containsExactly("id     n  why", "a      1  x", "b   1000");
    }

    @Test
    void a_table_that_is_too_wide_wraps_its_cells_at_blanks() {
        var table = new Table("id", "active entitlements", "why", "n")
                .numbers(List.of("active entitlements"))
                .row("evt_1", "12", "refunds of a whole day came at once", "1");
        assertThat(table.lines(36))
                .containsExactly(
                        "id           active  why           n",
                        "       entitlements",
                        "evt_1            12  refunds of a  1",
                        "                     whole day",
                        "                     came at once");
    }

    @Test
    void where_ids_alone_are_too_wide_each_row_becomes_a_list_without_empty_cells() {
        var table = new Table("id", "reason", "account", "payment")
                .row("stripe/main/evt_1", "MALFORMED", "stripe/main", "stripe/main/pi_1")
                .row("stripe/main/evt_2", "MALFORMED", "", "stripe/main/pi_2");
        assertThat(table.lines(40))
                .containsExactly(
                        "id       stripe/main/evt_1",
                        "reason   MALFORMED",
                        "account  stripe/main",
                        "payment  stripe/main/pi_1",
                        "",
                        "id       stripe/main/evt_2",
                        "reason   MALFORMED",
                        "payment  stripe/main/pi_2");
    }

    @Test
    void a_table_of_facts_stays_a_table_and_breaks_what_is_too_wide() {
        var table = new Table("dead letter", "x").row("header", "a".repeat(30));
        assertThat(table.lines(33))
                .containsExactly("dead letter  x", "header       " + "a".repeat(20), "             " + "a".repeat(10));
    }

    @Test
    void a_terminal_has_80_columns_or_what_it_says_and_a_file_is_not_limited() {
        assertThat(Terminal.columns(null, true)).isEqualTo(80);
        assertThat(Terminal.columns("132", true)).isEqualTo(132);
        assertThat(Terminal.columns("20", true)).isEqualTo(80);
        assertThat(Terminal.columns("wide", true)).isEqualTo(80);
        assertThat(Terminal.columns(null, false)).isEqualTo(Integer.MAX_VALUE);
    }
}

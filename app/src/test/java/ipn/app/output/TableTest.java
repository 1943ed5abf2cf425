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
}

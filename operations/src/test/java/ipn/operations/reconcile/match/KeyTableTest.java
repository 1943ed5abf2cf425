package ipn.operations.reconcile.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyTableTest {
    @Test
    void texts_keep_their_numbers_however_many_there_are() {
        var table = new KeyTable();
        var expected = new HashMap<String, Integer>();
        var random = new SplittableRandom(7);
        for (var i = 0; i < 100_000; i++) {
            var text = "pi_" + random.nextInt(60_000);
            var number = table.add(text);
            assertThat(number).isEqualTo(expected.computeIfAbsent(text, key -> expected.size()));
        }
        assertThat(table.size()).isEqualTo(expected.size());
        expected.forEach((text, number) -> {
            assertThat(table.find(text)).isEqualTo(number);
            assertThat(table.get(number)).isEqualTo(text);
        });
        assertThat(table.find("pi_x")).isEqualTo(-1);
    }

    @Test
    void keys_with_the_same_hash_are_distinguished() {
        var table = new KeyTable();
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        for (var text : new String[] {"AaAa", "BBBB", "AaBB", "BBAa", ""}) {
            table.add(text);
        }
        assertThat(table.size()).isEqualTo(5);
        assertThat(table.get(table.find("BBAa"))).isEqualTo("BBAa");
    }
}

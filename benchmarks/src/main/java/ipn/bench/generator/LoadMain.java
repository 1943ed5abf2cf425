package ipn.bench.generator;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Main class of the load process. Reads a {@link LoadPlan} as a line of JSON, signs its calls, prints {@link #PREPARED}, waits for an empty line, sends the
 * calls, and prints what became of the attack as a line of JSON; then it reads the next plan. It ends with its standard input.
 */
public final class LoadMain {
    static final String PREPARED = "prepared";

    private LoadMain() {}

    public static void main(String[] args) throws Exception {
        var out = System.out;
        System.setOut(System.err); // only answers are printed to standard output
        var json = new ObjectMapper();
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var round = LoadRound.prepare(json.readValue(line, LoadPlan.class));
                System.gc(); // what was signed is not moved while the clock runs
                out.println(PREPARED);
                if (in.readLine() == null) {
                    break;
                }
                out.println(json.writeValueAsString(round.run()));
            }
        }
        Runtime.getRuntime().halt(0);
    }
}

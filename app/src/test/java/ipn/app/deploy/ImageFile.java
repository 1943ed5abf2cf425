package ipn.app.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code deploy/Dockerfile}, instruction by instruction. */
record ImageFile(List<Instruction> instructions) {
    private static final Pattern VARIABLE = Pattern.compile("([A-Z_]+)=(?:\"([^\"]*)\"|(\\S+))");

    /** One instruction on one line, such as {@code USER} and {@code 10001:10001}. */
    record Instruction(String word, String rest) {}

    static ImageFile read(Path root) {
        try {
            var text = Files.readString(root.resolve("deploy/Dockerfile"))
                    .replaceAll("(?m)^#.*\n", "")
                    .replaceAll("\\\\\n\\s*", "");
            return new ImageFile(text.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split(" ", 2))
                    .map(parts -> new Instruction(parts[0], parts[1].strip()))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What follows each instruction of that name. */
    List<String> all(String word) {
        return instructions.stream()
                .filter(each -> each.word().equals(word))
                .map(Instruction::rest)
                .toList();
    }

    /** What follows the last instruction of that name: the one that counts. */
    String last(String word) {
        var all = all(word);
        return all.isEmpty() ? "" : all.get(all.size() - 1);
    }

    /** What is copied out of the folder of the build, without its options and its target. */
    Stream<String> copied() {
        return all("COPY").stream()
                .filter(rest -> !rest.contains("--from="))
                .map(rest -> rest.replaceAll("--\\S+ ", "").split(" "))
                .flatMap(words -> Arrays.stream(words, 0, words.length - 1));
    }

    /** The variables every container has. */
    Map<String, String> variables() {
        var variables = new TreeMap<String, String>();
        all("ENV")
                .forEach(rest -> VARIABLE.matcher(rest)
                        .results()
                        .forEach(found -> variables.put(
                                found.group(1), found.group(2) == null ? found.group(3) : found.group(2))));
        return variables;
    }
}

package ipn.bench.twin;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The twin as Maven has built it.
 *
 * @param classPath its jar and the jars that it needs
 */
record TwinBuild(String classPath) {
    /** The command that builds it. */
    static final String COMMAND = "mvn -q -Pspring-twin -Dmaven.test.skip=true -pl benchmarks/spring-twin package";

    /**
     * Finds the build in a folder.
     *
     * @param target the folder {@code target} of the module
     * @return empty if it is not built, or a jar that it needs is gone
     */
    static Optional<TwinBuild> find(Path target) throws IOException {
        var list = target.resolve("classpath.txt");
        if (!Files.isReadable(list)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            var jar = files.filter(file -> file.getFileName().toString().matches("ipn-spring-twin-.*\\.jar"))
                    .findFirst();
            var needed = Files.readString(list).strip();
            return jar.filter(found ->
                            Stream.of(needed.split(File.pathSeparator)).allMatch(each -> Files.exists(Path.of(each))))
                    .map(found -> new TwinBuild(found + File.pathSeparator + needed));
        }
    }

    /** The command that runs one of its programs. */
    List<String> java(List<String> options, String main, List<String> arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.of(List.of(java), options, List.of("-cp", classPath, main), arguments)
                .flatMap(List::stream)
                .toList();
    }
}

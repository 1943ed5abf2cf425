package ipn.bench.chaos;

import ipn.app.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Another build of this project, such as that of the release before, beside the one that runs.
 *
 * @param classPath of its {@code ipn}
 */
record OtherBuild(String classPath) {
    private static final String THIS = System.getProperty("java.class.path");

    /**
     * Finds it.
     *
     * @param checkout folder in which {@code ./ipn} has built
     * @throws UserException if nothing is built there
     */
    static OtherBuild in(Path checkout) throws IOException {
        var target = checkout.toRealPath().resolve("app").resolve("target");
        var libraries = target.resolve("classpath.txt");
        if (!Files.exists(libraries)) {
            throw UserException.usage(
                    "--other-build: %s (expected: a checkout in which ./ipn was built)".formatted(checkout));
        }
        return new OtherBuild("%s:%s"
                .formatted(
                        target.resolve("classes"), Files.readString(libraries).strip()));
    }

    /** The class path of the build that a stage does not run. */
    String otherThan(String running) {
        return running.equals(classPath) ? THIS : classPath;
    }
}

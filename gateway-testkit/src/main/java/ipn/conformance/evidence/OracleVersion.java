package ipn.conformance.evidence;

import ipn.evidence.Evidence;
import java.io.File;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the version of a library on the class path by the name of its jar, {@code artifact-version.jar}. */
final class OracleVersion {
    private OracleVersion() {}

    /** @param library as {@code group:artifact} */
    static String of(String library) {
        var name = Pattern.compile(Pattern.quote(library.replaceFirst(".*:", "")) + "-([0-9].*)\\.jar");
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        return Arrays.stream(path.split(File.pathSeparator))
                .map(entry -> name.matcher(new File(entry).getName()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse(Evidence.UNKNOWN_VERSION);
    }
}

package ipn.embedded;

/** A rejected request, with the status and error code of Confluent's registry. */
final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    private RegistryException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** HTTP status: the first three digits of the code. */
    int status() {
        return code > 999 ? code / 100 : code;
    }

    int code() {
        return code;
    }

    // spotless:off
    static RegistryException noSuchPage()              { return new RegistryException(404,   "HTTP 404 Not Found"); }
    static RegistryException wrongMethod()             { return new RegistryException(405,   "HTTP 405 Method Not Allowed"); }
    static RegistryException tooLarge(int bytesMax)    { return new RegistryException(413,   "body: too large (expected: at most %d bytes)".formatted(bytesMax)); }
    static RegistryException noSubject(String subject) { return new RegistryException(40401, "Subject '%s' not found.".formatted(subject)); }
    static RegistryException noVersion(String version) { return new RegistryException(40402, "Version %s not found.".formatted(version)); }
    static RegistryException noSchema()                { return new RegistryException(40403, "Schema not found"); }
    static RegistryException noConfig(String subject)  { return new RegistryException(40408, "Subject '%s' does not have subject-level compatibility configured".formatted(subject)); }
    static RegistryException incompatible(String why)  { return new RegistryException(409,   "Schema being registered is incompatible with an earlier schema, details: " + why); }
    static RegistryException badRequest(String why)    { return new RegistryException(400,   why); }
    static RegistryException badSchema(String why)     { return new RegistryException(42201, "Invalid schema, details: " + why); }
    static RegistryException badVersion(String text)   { return new RegistryException(42202, "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"".formatted(text)); }
    static RegistryException badLevel(String level, String known) { return new RegistryException(42203, "Invalid compatibility level %s (expected: %s)".formatted(level, known)); }
    static RegistryException badSubject()              { return new RegistryException(42208, "The specified subject is not valid: 1 to 255 characters"); }
    static RegistryException full(int max)             { return new RegistryException(50001, "Error in the backend data store: full (expected: at most %d versions)".formatted(max)); }
    // spotless:on
}

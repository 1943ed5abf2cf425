package ipn.embedded;

/** A request the registry refuses, with the status and code that Confluent's registry would answer. */
final class RegistryRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    private RegistryRefusal(int code, String message) {
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
    static RegistryRefusal noSuchPage()              { return new RegistryRefusal(404,   "HTTP 404 Not Found"); }
    static RegistryRefusal wrongMethod()             { return new RegistryRefusal(405,   "HTTP 405 Method Not Allowed"); }
    static RegistryRefusal tooLarge(int bytesMax)    { return new RegistryRefusal(413,   "body: too large (expected: at most %d bytes)".formatted(bytesMax)); }
    static RegistryRefusal noSubject(String subject) { return new RegistryRefusal(40401, "Subject '%s' not found.".formatted(subject)); }
    static RegistryRefusal noVersion(String version) { return new RegistryRefusal(40402, "Version %s not found.".formatted(version)); }
    static RegistryRefusal noSchema()                { return new RegistryRefusal(40403, "Schema not found"); }
    static RegistryRefusal noConfig(String subject)  { return new RegistryRefusal(40408, "Subject '%s' does not have subject-level compatibility configured".formatted(subject)); }
    static RegistryRefusal incompatible(String why)  { return new RegistryRefusal(409,   "Schema being registered is incompatible with an earlier schema, details: " + why); }
    static RegistryRefusal badRequest(String why)    { return new RegistryRefusal(400,   why); }
    static RegistryRefusal badSchema(String why)     { return new RegistryRefusal(42201, "Invalid schema, details: " + why); }
    static RegistryRefusal badVersion(String text)   { return new RegistryRefusal(42202, "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"".formatted(text)); }
    static RegistryRefusal badSubject()              { return new RegistryRefusal(42208, "The specified subject is not valid: 1 to 255 characters"); }
    static RegistryRefusal full(int max)             { return new RegistryRefusal(50001, "Error in the backend data store: full (expected: at most %d versions)".formatted(max)); }
    // spotless:on
}

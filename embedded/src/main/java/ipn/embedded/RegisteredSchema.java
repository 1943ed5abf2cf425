package ipn.embedded;

/**
 * One version of a subject.
 *
 * @param version from 1, without gaps
 * @param id of the schema: the same wherever the same schema is registered, and never another's
 * @param schema Avro schema as JSON text
 */
record RegisteredSchema(String subject, int version, int id, String schema) {}

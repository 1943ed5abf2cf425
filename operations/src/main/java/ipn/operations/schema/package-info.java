/** Schemas in the registry: compares them with those of this build, and registers them. */
@NullMarked
package ipn.operations.schema;

import org.jspecify.annotations.NullMarked;

/** A PostgreSQL server for the benchmark. */
@NullMarked
package ipn.twin.database;

import org.jspecify.annotations.NullMarked;

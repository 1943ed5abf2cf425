/** Reads the topics into the tables: rows and offsets change in one database transaction. */
@NullMarked
package ipn.query.reader;

import org.jspecify.annotations.NullMarked;

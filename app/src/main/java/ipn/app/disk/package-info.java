/** What commands keep on disk because it may be too much for the memory. */
@NullMarked
package ipn.app.disk;

import org.jspecify.annotations.NullMarked;

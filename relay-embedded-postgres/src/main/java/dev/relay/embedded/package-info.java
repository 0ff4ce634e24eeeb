/**
 * A real PostgreSQL of one's own: unpacked from Maven artifacts, started on loopback, kept between
 * runs, recovered after a crash. The way in is {@link dev.relay.embedded.EmbeddedPostgres}; what
 * can go wrong is listed in {@link dev.relay.embedded.EmbeddedPostgresException.Kind}. The rest of
 * the package is not public.
 *
 * <p>How the parts work together: {@code FolderLock} makes sure of one server per folder, {@code
 * Binaries} unpacks the programs once per machine, {@code Account} finds a user the programs agree
 * to run under, {@code DataFolder} makes the data, {@code Postmaster} is the running server under
 * the watching shell of {@code WatchedProcess}.
 */
@NullMarked
package dev.relay.embedded;

import org.jspecify.annotations.NullMarked;

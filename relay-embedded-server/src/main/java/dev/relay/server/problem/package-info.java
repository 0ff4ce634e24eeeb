/**
 * Failures as callers of the HTTP surface see them: RFC 9457 problem documents, and the one table
 * that gives each code its status. Used by this module only; not an API.
 */
@NullMarked
package dev.relay.server.problem;

import org.jspecify.annotations.NullMarked;

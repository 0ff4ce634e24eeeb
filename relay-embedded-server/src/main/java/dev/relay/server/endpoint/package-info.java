/**
 * The resources of the HTTP surface, one class each; each knows its own paths. Used by this module
 * only; not an API.
 */
@NullMarked
package dev.relay.server.endpoint;

import org.jspecify.annotations.NullMarked;

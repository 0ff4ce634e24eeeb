package dev.relay.schema;

/**
 * One way in which a document breaks its schema.
 *
 * @param pointer JSON Pointer (RFC 6901) to the offending place; empty for the whole document
 * @param keyword the schema keyword that was broken, for example {@code type} or {@code required}
 * @param message what was found and what is expected, for people, without the pointer
 */
public record Violation(String pointer, String keyword, String message) {}

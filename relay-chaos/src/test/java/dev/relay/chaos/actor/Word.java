package dev.relay.chaos.actor;

/** Something said once from outside, unordered: a tell or a publication of a client. */
record Word(String to, String client, String id) {}

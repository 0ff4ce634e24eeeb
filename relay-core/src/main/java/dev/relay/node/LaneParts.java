package dev.relay.node;

import dev.relay.store.CommitGroup;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What the lanes of a node share.
 *
 * @param committed hears of every group that was written
 */
record LaneParts(
    Hosting hosting,
    Committer committer,
    DirectDeliveries direct,
    DeliveryIntake intake,
    ReplyDesk replies,
    StateCache cache,
    Offload offload,
    NodeMeters meters,
    InstantSource clock,
    int maxGroup,
    Consumer<CommitGroup> committed) {}

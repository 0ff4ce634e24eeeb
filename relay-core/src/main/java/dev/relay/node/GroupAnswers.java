package dev.relay.node;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.message.MessageId;
import dev.relay.store.RecordedReply;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Tells the senders of a group what became of their messages. Thread-safe. */
final class GroupAnswers {
  private final DeliveryIntake intake;
  private final ReplyDesk replies;

  GroupAnswers(DeliveryIntake intake, ReplyDesk replies) {
    this.intake = intake;
    this.replies = replies;
  }

  /** A request with an id that has been answered before. */
  void repeat(Work.Awaited work, Work.RequestKey request, RecordedReply reply) {
    if (!reply.fingerprint().equals(request.fingerprint())) {
      deny(work, conflict(request));
      return;
    }
    MessageId id = new MessageId(reply.messageId());
    List<String> names = names(reply.emitted());
    if (work instanceof Work.Post) {
      work.answer().complete(new Receipt.Accepted(id, names));
      return;
    }
    String data = reply.data();
    JsonNode tree = data == null ? null : Json.mapper().readTree(data);
    replies.repeat(work, new Receipt.Answered(id, tree, names, true));
  }

  void deny(Work work, RelayException failure) {
    if (work.origin() instanceof Work.Awaited awaited) {
      awaited.answer().completeExceptionally(failure);
    }
  }

  /** A delivery that another node has a hand in: what is owed now is read anew. */
  void givenBack(Work.Delivery delivery) {
    intake.returned(delivery);
  }

  /** A chain whose part of the group is committed. */
  void committed(Chain chain) {
    for (Chain.Done done : chain.done()) {
      chain.tally().done();
      if (done.work() instanceof Work.Ask ask) {
        replies.answer(
            ask,
            new Receipt.Answered(
                ask.message().id(), done.effects().reply(), GroupContent.names(done), false),
            done.effects().emitted());
      } else if (done.work() instanceof Work.Delivery delivery) {
        intake.finished(delivery.ref());
        replies.replied(delivery, done.effects().reply());
      }
    }
    chain.timers().calledOff().forEach(timer -> intake.finished(timer.ref()));
    for (Chain.Denied denied : chain.denied()) {
      count(chain, denied);
      deny(denied.work(), denied.failure());
    }
    chain.postponed().stream()
        .filter(postponement -> postponement.status() == dev.relay.store.DeliveryStatus.DEAD)
        .forEach(
            postponement -> {
              chain.tally().dead();
              intake.finished(postponement.ref());
              chain.denied().forEach(denied -> replies.failed(denied, postponement.ref()));
            });
  }

  void committed(Work.Post post) {
    post.answer()
        .complete(
            new Receipt.Accepted(
                post.message().id(), post.owed().stream().map(owed -> owed.actor()).toList()));
  }

  /** Work that isn't known to be written, because the store can't be reached. */
  void unreachable(Group group, RelayException failure) {
    for (Chain chain : group.chains()) {
      for (Work work : chain.works()) {
        if (work.origin() instanceof Work.Delivery delivery) {
          intake.returned(delivery);
        } else {
          deny(work, failure);
        }
      }
    }
    group.posts().forEach(post -> deny(post, failure));
  }

  static RelayException conflict(Work.RequestKey request) {
    return RelayException.of(
            ErrorCode.REQUEST_ID_CONFLICT,
            "request id \"" + request.id() + "\" was used before with another receiver or payload")
        .remedy("take a new request id for a new request")
        .build();
  }

  private static void count(Chain chain, Chain.Denied denied) {
    if (denied.failure().code().isRefusal()) {
      chain.tally().refused();
    } else {
      chain.tally().failed();
    }
  }

  private static List<String> names(String array) {
    List<String> names = new ArrayList<>();
    Json.mapper().readTree(array).forEach(name -> names.add(name.stringValue()));
    return names;
  }
}

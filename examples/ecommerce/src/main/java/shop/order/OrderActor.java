package shop.order;

import static shop.order.OrderStatus.AWAITING_PAYMENT;
import static shop.order.OrderStatus.AWAITING_STOCK;
import static shop.order.OrderStatus.CANCELLED;
import static shop.order.OrderStatus.COMPLETED;
import static shop.order.OrderStatus.CONFIRMED;
import static shop.order.OrderStatus.DELIVERED;
import static shop.order.OrderStatus.REJECTED;
import static shop.order.OrderStatus.RETURNED;
import static shop.order.OrderStatus.RETURN_REQUESTED;
import static shop.order.OrderStatus.SHIPPED;

import dev.relay.actor.Handles;
import dev.relay.actor.RefusedException;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shop.order.OrderCommand.Because;
import shop.order.OrderCommand.ConfirmOrder;
import shop.order.OrderCommand.CreateOrder;
import shop.order.OrderCommand.OfStock;
import shop.order.OrderCommand.StatusOf;
import shop.order.OrderCommand.UpdateStatus;

/**
 * What a user has bought. Commands take a step or are refused by name; events of others take the
 * step if the order is there to take it, and change nothing otherwise.
 */
public final class OrderActor extends RelayActor<Order> {
  /** How long a delivered order can be sent back. */
  private static final Duration RETURN_WINDOW = Duration.ofDays(14);

  private static final String COMPLETION = "completion";

  @Handles("CREATE_ORDER")
  Order create(CreateOrder command, Turn<Order> turn) {
    Order order = command.order(turn.now());
    Order known = turn.state().orElse(null);
    if (known != null) {
      if (known.sameAs(order)) {
        return known;
      }
      throw turn.refuse("ORDER_EXISTS", "there is another order " + known.orderId() + " already");
    }
    if (order.total().signum() < 0) {
      throw turn.refuse(
          "DISCOUNT_TOO_LARGE", "a discount of " + order.discount() + " leaves " + order.total());
    }
    turn.emit("ORDER_CREATED", order);
    return turn.become(order);
  }

  @Handles("CONFIRM_ORDER")
  Order confirm(ConfirmOrder command, Turn<Order> turn) {
    Order order = order(turn);
    BigDecimal total = order.total();
    if (command.amount().compareTo(total) != 0) {
      throw turn.refuse(
          "AMOUNT_DIFFERS", "order is " + total + ", and what was paid is " + command.amount());
    }
    return step(order, CONFIRMED, null, turn);
  }

  @Handles("UPDATE_ORDER_STATUS")
  Order update(UpdateStatus command, Turn<Order> turn) {
    return step(order(turn), command.status(), command.reason(), turn);
  }

  /** A rejected order is as good as cancelled. */
  @Handles("CANCEL_ORDER")
  Order cancel(Because command, Turn<Order> turn) {
    Order order = order(turn);
    return order.status() == REJECTED ? order : step(order, CANCELLED, command.reason(), turn);
  }

  @Handles("REQUEST_RETURN")
  Order requestReturn(Because command, Turn<Order> turn) {
    return step(order(turn), RETURN_REQUESTED, command.reason(), turn);
  }

  @Handles("RECEIVE_RETURN")
  Order receiveReturn(Turn<Order> turn) {
    return step(order(turn), RETURNED, null, turn);
  }

  @Handles("COMPLETE_ORDER")
  void complete(Turn<Order> turn) {
    stepIfPossible(COMPLETED, null, turn);
  }

  @Handles("STOCK_RESERVED")
  void reserved(OfStock event, Turn<Order> turn) {
    Order order = turn.state().orElse(null);
    if (order == null || !order.status().mayBecome(AWAITING_PAYMENT)) {
      return;
    }
    Order holding = order.holding(event.productId());
    OrderStatus next = holding.isHeld() ? AWAITING_PAYMENT : AWAITING_STOCK;
    if (next == order.status()) {
      turn.become(holding);
    } else {
      step(holding, next, null, turn);
    }
  }

  @Handles("STOCK_INSUFFICIENT")
  void insufficient(OfStock event, Turn<Order> turn) {
    stepIfPossible(REJECTED, "not enough of " + event.productId(), turn);
  }

  /** Confirms where everything is held and this is the whole amount. */
  @Handles("PAYMENT_PROCESSED")
  void paid(ConfirmOrder event, Turn<Order> turn) {
    turn.state()
        .filter(order -> order.status() == AWAITING_PAYMENT)
        .filter(order -> order.total().compareTo(event.amount()) == 0)
        .ifPresent(order -> step(order, CONFIRMED, null, turn));
  }

  /** Notes why; the user may pay in another way. */
  @Handles("PAYMENT_FAILED")
  void unpaid(Because event, Turn<Order> turn) {
    turn.state()
        .filter(order -> order.status().mayBecome(CONFIRMED))
        .ifPresent(order -> turn.become(order.as(order.status(), event.reason(), turn.now())));
  }

  @Handles("ORDER_SHIPPED")
  void shipped(Turn<Order> turn) {
    stepIfPossible(SHIPPED, null, turn);
  }

  /** Said late it doesn't call off a return that was asked for since, as people may. */
  @Handles("DELIVERY_CONFIRMED")
  void delivered(Turn<Order> turn) {
    if (turn.state().filter(order -> order.status() == SHIPPED).isPresent()) {
      stepIfPossible(DELIVERED, null, turn);
    }
  }

  @Handles("GET_ORDER")
  Order order(Turn<Order> turn) {
    return turn.state()
        .orElseThrow(() -> turn.refuse("UNKNOWN_ORDER", "there is no order " + turn.self().key()));
  }

  @Handles("GET_USER_ORDERS")
  Order ofUser(Turn<Order> turn) {
    return order(turn);
  }

  @Handles("GET_ORDER_STATUS")
  StatusOf status(Turn<Order> turn) {
    return new StatusOf(turn.self().key(), order(turn).status());
  }

  private static void stepIfPossible(OrderStatus next, @Nullable String reason, Turn<Order> turn) {
    turn.state()
        .filter(order -> order.status().mayBecome(next))
        .ifPresent(order -> step(order, next, reason, turn));
  }

  /** Takes a step, or none where the order is there already. */
  private static Order step(
      Order order, OrderStatus next, @Nullable String reason, Turn<Order> turn) {
    if (order.status() == next) {
      return order;
    }
    if (!order.status().mayBecome(next)) {
      throw refusal(order.status(), next, turn);
    }
    if (next == DELIVERED) {
      turn.sendAfter(
          RETURN_WINDOW, "COMPLETE_ORDER", Map.of("orderId", order.orderId()), COMPLETION);
    } else if (order.status() == DELIVERED) {
      turn.cancel(COMPLETION);
    }
    Order stepped = turn.become(order.as(next, reason, turn.now()));
    turn.emit(next.event(), stepped);
    return stepped;
  }

  /** In words that callers act on; whoever can't cancel any more is offered a return. */
  private static RefusedException refusal(OrderStatus now, OrderStatus next, Turn<Order> turn) {
    boolean onItsWay = now == SHIPPED || now == DELIVERED;
    if (next == CANCELLED && onItsWay) {
      return turn.refuse(
          "ALREADY_SHIPPED",
          "the order is " + now.text() + "; when it is there, REQUEST_RETURN sends it back");
    }
    return turn.refuse(
        "ORDER_IS_" + now.name(),
        "the order is " + now.text() + " and can't become " + next.text());
  }
}

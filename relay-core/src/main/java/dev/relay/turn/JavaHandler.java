package dev.relay.turn;

import dev.relay.actor.Turn;
import dev.relay.message.Json;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/** A handler written as a Java method marked with {@code @Handles}. */
final class JavaHandler implements Handler {
  private static final MethodType SHAPE =
      MethodType.methodType(Object.class, Object.class, Object.class);

  private final MethodHandle method;
  private final @Nullable JavaType payloadType;
  private final boolean waits;

  private JavaHandler(MethodHandle method, @Nullable JavaType payloadType, boolean waits) {
    this.method = method;
    this.payloadType = payloadType;
    this.waits = waits;
  }

  /**
   * Binds a method of an actor.
   *
   * @throws IllegalArgumentException where its parameters aren't (payload), (turn) or (payload,
   *     turn)
   */
  static JavaHandler bind(Object actor, Method method, boolean waits) {
    Class<?>[] parameters = method.getParameterTypes();
    boolean turnOnly = parameters.length == 1 && parameters[0] == Turn.class;
    boolean payloadOnly = parameters.length == 1 && !turnOnly;
    boolean both = parameters.length == 2 && parameters[1] == Turn.class;
    if (!turnOnly && !payloadOnly && !both) {
      throw new IllegalArgumentException(
          method + " takes (payload), (Turn) or (payload, Turn), nothing else");
    }
    JavaType payloadType =
        turnOnly
            ? null
            : Json.mapper().getTypeFactory().constructType(method.getGenericParameterTypes()[0]);
    try {
      method.setAccessible(true);
      MethodHandle handle = MethodHandles.lookup().unreflect(method).bindTo(actor);
      if (turnOnly) {
        handle = MethodHandles.dropArguments(handle, 0, Object.class);
      } else if (payloadOnly) {
        handle = MethodHandles.dropArguments(handle, 1, Object.class);
      }
      return new JavaHandler(handle.asType(SHAPE), payloadType, waits);
    } catch (IllegalAccessException notAccessible) {
      throw new IllegalArgumentException(method + " can't be called", notAccessible);
    }
  }

  @Override
  public @Nullable Object handle(OpenTurn turn) throws Throwable {
    Object payload =
        payloadType == null
            ? null
            : Json.mapper().treeToValue(turn.message().payload(), payloadType);
    return method.invokeExact(payload, (Object) turn);
  }

  @Override
  public boolean waits() {
    return waits;
  }
}

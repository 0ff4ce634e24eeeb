package dev.relay.turn;

import dev.relay.actor.Migrates;
import dev.relay.message.Json;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JavaType;

/** Finds the steps from one version of a state to the next that are methods of an actor. */
final class JavaMigration {
  private JavaMigration() {}

  /** The steps by the version they make. */
  static Map<Integer, StateForm.Step> of(Object actor, List<String> problems) {
    Map<Integer, StateForm.Step> steps = new HashMap<>();
    for (Class<?> type = actor.getClass(); type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        Migrates migrates = method.getAnnotation(Migrates.class);
        if (migrates == null || method.isBridge()) {
          continue;
        }
        if (method.getParameterCount() != 1 || method.getReturnType() == void.class) {
          problems.add(method + " takes the older state and returns the newer, nothing else");
        } else if (steps.put(migrates.value(), step(actor, method)) != null) {
          problems.add("two methods migrate the state to version " + migrates.value());
        }
      }
    }
    return steps;
  }

  private static StateForm.Step step(Object actor, Method method) {
    method.setAccessible(true);
    JavaType older =
        Json.mapper().getTypeFactory().constructType(method.getGenericParameterTypes()[0]);
    return (state, key) -> {
      try {
        Object before = Json.mapper().treeToValue(state, older);
        return Json.mapper().valueToTree(method.invoke(actor, before));
      } catch (InvocationTargetException failure) {
        throw failure.getCause();
      }
    };
  }
}

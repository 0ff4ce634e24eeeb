package dev.relay.bench.contestant;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the request, checks it, has it stored, answers with the cart. Blocks: for worker threads.
 */
final class HandWrittenHandler implements HttpHandler {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HandWrittenStore store;

  HandWrittenHandler(HandWrittenStore store) {
    this.store = store;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws SQLException {
    try {
      HandWrittenCart.Request request =
          JSON.readValue(exchange.getInputStream(), HandWrittenCart.Request.class);
      request.check();
      answer(exchange, StatusCodes.OK, new Answer(true, store.add(request.payload())));
    } catch (JacksonException e) {
      answer(exchange, StatusCodes.BAD_REQUEST, new Problem(false, e.getOriginalMessage()));
    } catch (IllegalArgumentException e) {
      answer(exchange, StatusCodes.UNPROCESSABLE_ENTITY, new Problem(false, e.getMessage()));
    }
  }

  private static void answer(HttpServerExchange exchange, int status, Object body) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseSender().send(ByteBuffer.wrap(JSON.writeValueAsBytes(body)));
  }

  record Answer(boolean success, HandWrittenCart data) {}

  record Problem(boolean success, @Nullable String detail) {}
}

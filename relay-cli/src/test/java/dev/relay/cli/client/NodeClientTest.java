package dev.relay.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.relay.cli.config.Origin;
import dev.relay.cli.config.Setting;
import dev.relay.cli.config.Value;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of whatever may be listening on a port. */
class NodeClientTest {
  private static final Duration SOON = Duration.ofMillis(300);

  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.1"));
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"a\":\"\u00e4\u20ac\",\"b\"",
        "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n\r\n<html>",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: nonsense\r\n\r\n{}",
        "HTTP/1.1 2xx\r\n\r\n{}",
        ""
      })
  void a_stranger_is_not_taken_for_a_node(String answer) {
    answering(answer);

    assertThatThrownBy(() -> client().get("/api/actors"))
        .asInstanceOf(type(CommandFailure.class))
        .extracting(CommandFailure::exitCode)
        .isEqualTo(ExitCode.UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"a\":\"\u00e4\u20ac\"}",
        "HTTP/1.0 200 OK\n\n{\"a\":\"\u00e4\u20ac\"}",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:13\r\n\r\n{\"a\":\"\u00e4\u20ac\"}",
        "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3;x=y\r\n{\"a\r\na\r\n\":\"\u00e4\u20ac\"}\r\n0\r\n\r\n"
      })
  void an_answer_is_read_however_it_is_framed(String answer) {
    answering(answer);

    assertThat(client().get("/").text("a")).isEqualTo("\u00e4\u20ac");
  }

  @Test
  void a_problem_document_is_the_failure_it_was_made_of() {
    String body =
        """
        {"success":false,"code":"RLY-2101","detail":"refused","reason":"R","remedy":"do",
         "violations":[{"pointer":"/a","keyword":"type","message":"m"}]}""";
    answering("HTTP/1.1 422 X\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

    assertThatThrownBy(() -> client().post("/", "{}"))
        .asInstanceOf(type(RelayException.class))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.PAYLOAD_INVALID);
              assertThat(failure).hasMessage("refused");
              assertThat(failure.reason()).contains("R");
              assertThat(failure.remedy()).contains("do");
              assertThat(failure.violations()).hasSize(1);
            });
  }

  @ParameterizedTest
  @CsvSource({"0", "20"})
  void one_who_never_finishes_an_answer_times_out(int byteEveryMillis) {
    serve(
        caller -> {
          OutputStream out = caller.getOutputStream();
          while (byteEveryMillis > 0 && !listener.isClosed()) {
            out.write('H');
            out.flush();
            Thread.sleep(byteEveryMillis);
          }
          caller.getInputStream().transferTo(OutputStream.nullOutputStream());
        });

    assertThatThrownBy(() -> client().get("/"))
        .asInstanceOf(type(CommandFailure.class))
        .extracting(CommandFailure::exitCode)
        .isEqualTo(ExitCode.TIMED_OUT);
  }

  @Test
  void an_unknown_host_is_unreachable() {
    assertThatThrownBy(() -> new NodeClient(url("http://nohost.invalid")).get("/"))
        .hasMessageContaining("unknown host");
  }

  private NodeClient client() {
    return new NodeClient(url("http://127.0.0.1:" + listener.getLocalPort()), SOON);
  }

  private static Value url(String text) {
    return new Value(Setting.URL, List.of(text), Origin.FLAG, Path.of("."));
  }

  private void answering(String answer) {
    serve(
        caller -> {
          byte[] head = new byte[8192];
          assertThat(caller.getInputStream().read(head)).isPositive();
          caller.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        });
  }

  private interface Answer {
    void to(Socket caller) throws IOException, InterruptedException;
  }

  private void serve(Answer answer) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket caller = listener.accept()) {
                answer.to(caller);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((dead, failure) -> {});
    thread.start();
  }
}

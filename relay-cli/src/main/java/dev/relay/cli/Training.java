package dev.relay.cli;

import dev.relay.cli.command.serve.NodeRehearsal;
import dev.relay.cli.config.Session;
import dev.relay.cli.database.DatabaseRehearsal;
import dev.relay.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs the short verbs once against a node of straw, or a node for a moment, so that the JVM can
 * write down which classes they need. From the two lists the launcher makes the archives that later
 * runs start from. Two, because what a node needs would cost each short verb 20 ms.
 */
final class Training {
  private static final String ANSWER =
      """
      {"success":true,"event_id":"0","data":{"total":59.98,"items":[1]},"events_emitted":["E"],
       "catalog_version":1,"complete":true,"messages":[{"id":"1","event":"E","receivers":[
        {"actor":"cart","outcome":"done"}]}],"actors":[{"name":"cart","healthy":true,"events":["E"]}],
       "actor":"cart","key":"k","version":1,"state":{"a":1},"updated_at":"now","instances":[],
       "events":[{"event_name":"E","kind":"command","schema_version":"1.0.0","status":"active",
        "payload_schema":{"type":"object","required":["a"],"properties":{"a":{"type":"string",
         "minLength":1}}},"consumers":[{"actor":"cart","pattern":"ask","timeout_ms":5000}]}]}
      """;

  private static final String[][] VERBS = {
    {"--version"},
    {"--help"},
    {"help", "send"},
    {"catalog", "list", "--actor", "cart"},
    {"catalog", "list", "-o", "json"},
    {"catalog", "show", "E"},
    {"catalog", "show", "E", "-o", "yaml"},
    {"send", "cart", "E", "--json", "{\"a\":\"b\"}", "--timeout", "5s"},
    {"send", "cart", "E", "-", "--request-id", "1", "-o", "json"},
    {"publish", "E", "--json", "{\"a\":\"b\"}"},
    {"trace", "id"},
    {"actor", "list"},
    {"actor", "list", "cart"},
    {"actor", "state", "cart", "k"},
    {"errors", "lookup", "2101"},
    {"__complete", "send", "cart", ""},
    {"__complete", "catalog", "l"},
    {"catlog"},
    {"send", "cart"},
  };

  private Training() {}

  /** What a node needs. */
  static void node(Session project) throws IOException {
    Session silent = silent(project.environment(), project.project());
    if (!silent.settings().ownPostgres()) { // the user's own isn't ours to rehearse on
      NodeRehearsal.run(silent);
    }
  }

  /** What the short verbs need, with a node and with a database. */
  static void shortVerbs(Session project) throws IOException {
    shortVerbs(project.project());
    try {
      DatabaseRehearsal.run();
    } catch (RuntimeException e) {
      // an archive without the driver is still worth having
      project.terminal().err().println("no database to rehearse with: " + e.getMessage());
    }
  }

  private static Session silent(Map<String, String> environment, Path folder) {
    byte[] input = "{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(new ByteArrayInputStream(input), nowhere, nowhere, true, true);
    return Session.open(terminal, environment, folder, null);
  }

  private static void shortVerbs(Path folder) throws IOException {
    try (ServerSocket node = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread answers = new Thread(() -> answer(node), "node of straw");
      answers.setDaemon(true);
      answers.start();
      Map<String, String> environment =
          Map.of("RELAY_URL", "http://127.0.0.1:" + node.getLocalPort());
      for (String[] verb : VERBS) {
        new RelayCommand(silent(environment, folder)).run(verb);
      }
    }
  }

  private static void answer(ServerSocket node) {
    byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
    String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length;
    while (!node.isClosed()) {
      try (Socket caller = node.accept()) {
        readRequest(caller.getInputStream());
        OutputStream out = caller.getOutputStream();
        out.write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
      } catch (IOException e) {
        return; // the training is over
      }
    }
  }

  // to the end of the head, and whatever of the body came with it: closing on unread bytes resets
  private static void readRequest(InputStream in) throws IOException {
    byte[] buffer = new byte[16384];
    int length = 0;
    int end = -1;
    while (end < 0 && length < buffer.length) {
      int count = in.read(buffer, length, buffer.length - length);
      if (count < 0) {
        return;
      }
      length += count;
      end = new String(buffer, 0, length, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
    }
    String head = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    int announced = contentLength(head);
    while (length < end + 4 + announced) {
      int count = in.read(buffer, 0, Math.min(buffer.length, end + 4 + announced - length));
      if (count < 0) {
        return;
      }
      length += count;
    }
  }

  private static int contentLength(String head) {
    for (String line : head.split("\r\n", -1)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return 0;
  }
}

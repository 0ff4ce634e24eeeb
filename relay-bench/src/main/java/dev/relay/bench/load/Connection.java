package dev.relay.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One kept-alive connection with at most one request under way. */
final class Connection implements AutoCloseable {
  /** Room for the head of an answer and all of a small body; larger bodies pass through it. */
  private static final int BUFFER_BYTES = 16 * 1024;

  private final int index;
  private final SocketChannel channel;
  private final ByteBuffer request;
  private final ByteBuffer answer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ResponseParser parser = new ResponseParser();
  private long sentAt;

  private Connection(int index, SocketChannel channel, ByteBuffer request) {
    this.index = index;
    this.channel = channel;
    this.request = request;
  }

  static Connection open(
      int index, InetSocketAddress address, Selector selector, ByteBuffer request)
      throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Connection connection = new Connection(index, channel, request);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  void send(EncodedRequests requests) throws IOException {
    requests.next(request);
    answer.clear();
    parser.reset();
    sentAt = System.nanoTime();
    while (request.hasRemaining()) {
      channel.write(request); // a few hundred bytes into an empty socket buffer: never blocks
    }
  }

  /** Reads what is there; true when the whole answer is in. */
  boolean answered() throws IOException {
    if (channel.read(answer) < 0) {
      throw new EOFException("the server closed a connection that owed an answer");
    }
    return parser.complete(answer);
  }

  int index() {
    return index;
  }

  long sentAt() {
    return sentAt;
  }

  int status() {
    return parser.status();
  }

  String problem() {
    return "HTTP " + parser.status() + " " + parser.sample(answer);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

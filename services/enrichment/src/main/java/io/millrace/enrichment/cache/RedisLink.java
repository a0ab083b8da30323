package io.millrace.enrichment.cache;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * This instance's connections to Redis: one for look-ups, one for loading, one that listens. Made
 * when Redis is there, and made again when it comes back; commands fail at once while it is away.
 * Thread-safe.
 *
 * <p>Lettuce itself, without Spring Data: look-ups of a batch are pipelined asynchronously over
 * several caches, values are bytes, and the state of the connection decides about the near caches.
 */
public final class RedisLink implements AutoCloseable {

  /** How long one answer may take. */
  static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** What one cache wants to hear. Called by the client's threads; must not block. */
  interface Listener {
    /** Something was announced on its channel. */
    void message(byte[] message);

    /** From now on everything is heard. */
    void listening();

    /** From now on announcements may be missed. */
    void deaf();
  }

  private final ClientResources resources;
  private final RedisClient client;
  private final Map<ByteBuffer, Listener> listeners = new ConcurrentHashMap<>();
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("redis-link").factory());
  private volatile StatefulRedisConnection<byte[], byte[]> reading;
  private volatile StatefulRedisConnection<byte[], byte[]> loading;
  private volatile StatefulRedisPubSubConnection<byte[], byte[]> hearing;
  private final CountDownLatch attempted = new CountDownLatch(1);
  private volatile String problem = "not yet connected";

  /**
   * @param url redis://[user:password@]host:port, or rediss:// for TLS
   */
  public RedisLink(String url) {
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(Duration.ofMillis(100)))
            .build();
    RedisURI uri = RedisURI.create(url);
    uri.setTimeout(TIMEOUT);
    client = RedisClient.create(resources, uri);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .timeoutOptions(TimeoutOptions.enabled(TIMEOUT))
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(Duration.ofSeconds(2))
                    .keepAlive(true)
                    .tcpNoDelay(true)
                    .build())
            .build());
    client.addListener(new States());
    keeper.scheduleWithFixedDelay(this::connect, 0, 500, TimeUnit.MILLISECONDS);
  }

  /** For look-ups. */
  RedisAsyncCommands<byte[], byte[]> reader() {
    awaitFirstAttempt();
    return commands(reading);
  }

  /** For everything that may take longer. */
  RedisAsyncCommands<byte[], byte[]> loader() {
    awaitFirstAttempt();
    return commands(loading);
  }

  /** Waits for an answer. */
  static <T> T await(Future<T> answer) {
    try {
      return answer.get(TIMEOUT.toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisException("interrupted", e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof RedisException r ? r : new RedisException(e.getCause());
    } catch (java.util.concurrent.TimeoutException e) {
      throw new RedisException("no answer within " + TIMEOUT.multipliedBy(2), e);
    }
  }

  void listen(byte[] channel, Listener listener) {
    listeners.put(ByteBuffer.wrap(channel), listener);
    StatefulRedisPubSubConnection<byte[], byte[]> connection = hearing;
    if (connection != null && connection.isOpen()) {
      connection.async().subscribe(channel);
    }
  }

  void unlisten(byte[] channel) {
    listeners.remove(ByteBuffer.wrap(channel));
    StatefulRedisPubSubConnection<byte[], byte[]> connection = hearing;
    if (connection != null && connection.isOpen()) {
      connection.async().unsubscribe(channel);
    }
  }

  @Override
  public void close() {
    keeper.shutdownNow();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    resources.shutdown(0, 2, TimeUnit.SECONDS);
  }

  private RedisAsyncCommands<byte[], byte[]> commands(
      StatefulRedisConnection<byte[], byte[]> connection) {
    if (connection == null) {
      throw new RedisException("Redis is away: " + problem);
    }
    return connection.async();
  }

  /** At the start there is a moment in which Redis is not away, just not yet connected. */
  private void awaitFirstAttempt() {
    try {
      if (!attempted.await(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new RedisException("Redis does not take connections");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisException("interrupted", e);
    }
  }

  /** Lettuce reconnects what was connected once; the first time is ours to repeat. */
  private void connect() {
    try {
      if (hearing == null) {
        StatefulRedisPubSubConnection<byte[], byte[]> connection =
            client.connectPubSub(ByteArrayCodec.INSTANCE);
        connection.addListener(new Ear());
        hearing = connection;
        listeners.keySet().forEach(channel -> connection.async().subscribe(channel.array()));
      }
      if (loading == null) {
        loading = client.connect(ByteArrayCodec.INSTANCE);
      }
      if (reading == null) {
        reading = client.connect(ByteArrayCodec.INSTANCE);
      }
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      problem = cause.getMessage();
    } finally {
      attempted.countDown();
    }
  }

  private final class Ear extends RedisPubSubAdapter<byte[], byte[]> {

    @Override
    public void message(byte[] channel, byte[] message) {
      Listener listener = listeners.get(ByteBuffer.wrap(channel));
      if (listener != null) {
        listener.message(message);
      }
    }

    @Override
    public void subscribed(byte[] channel, long count) {
      Listener listener = listeners.get(ByteBuffer.wrap(channel));
      if (listener != null) {
        listener.listening();
      }
    }
  }

  private final class States implements RedisConnectionStateListener {

    @Override
    public void onRedisConnected(
        RedisChannelHandler<?, ?> connection, SocketAddress socketAddress) {}

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
      if (connection instanceof StatefulRedisPubSubConnection<?, ?>) {
        listeners.values().forEach(Listener::deaf);
      }
    }

    @Override
    public void onRedisExceptionCaught(RedisChannelHandler<?, ?> connection, Throwable cause) {
      problem = cause.getMessage();
    }
  }
}

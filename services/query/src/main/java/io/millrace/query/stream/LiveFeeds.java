package io.millrace.query.stream;

import io.millrace.schemas.event.SchemaStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The live feeds that are being watched, each sent to its watcher as server-sent events. */
final class LiveFeeds implements DisposableBean {

  /** How often a watcher of a quiet stream is sent a comment, so that nobody cuts the line. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final long NO_TIMEOUT = 0L;

  private final Map<String, Object> kafkaClient;
  private final SchemaStore schemas;
  private final Set<LiveFeed> open = ConcurrentHashMap.newKeySet();

  LiveFeeds(Map<String, Object> kafkaClient, SchemaStore schemas) {
    this.kafkaClient = kafkaClient;
    this.schemas = schemas;
  }

  /** Starts a feed of what is committed from now on; ends when the watcher goes away. */
  SseEmitter watch(String topic, RowFilter filter) {
    LiveFeed feed = LiveFeed.start(kafkaClient, schemas, topic, filter);
    open.add(feed);
    SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
    emitter.onCompletion(() -> close(feed));
    emitter.onError(_ -> close(feed));
    Thread.ofVirtual().name("watch-" + topic).start(() -> send(feed, emitter));
    return emitter;
  }

  @Override
  public void destroy() {
    open.forEach(LiveFeed::close);
  }

  private void close(LiveFeed feed) {
    open.remove(feed);
    feed.close();
  }

  private void send(LiveFeed feed, SseEmitter emitter) {
    try {
      emitter.send(SseEmitter.event().comment("following"));
      while (!feed.ended()) {
        List<StreamEvent> events = feed.take(HEARTBEAT);
        if (events.isEmpty()) {
          emitter.send(SseEmitter.event().comment("still here"));
        }
        for (StreamEvent event : events) {
          emitter.send(SseEmitter.event().data(event, MediaType.APPLICATION_JSON));
        }
        long skipped = feed.skipped();
        if (skipped > 0) {
          emitter.send(SseEmitter.event().name("skipped").data(skipped));
        }
      }
      emitter.complete();
    } catch (IOException | IllegalStateException gone) {
      emitter.completeWithError(gone);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(feed);
    }
  }
}

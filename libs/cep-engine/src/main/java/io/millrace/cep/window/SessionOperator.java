package io.millrace.cep.window;

import io.millrace.cep.operator.Operator;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Finds sessions. A row opens [time, time + gap); sessions of a key that overlap or touch are one.
 * A row that is late by itself still counts when a session that is open takes it in.
 *
 * @param <C> what is kept of the rows of a session
 */
final class SessionOperator<C> implements Operator {

  private final int time;
  private final long gap;
  private final int[] columns;
  private final SessionContent<C> content;
  private final SessionKey probe;
  private final Map<SessionKey, Session<C>> sessions = new HashMap<>();
  private final PriorityQueue<Session<C>> timers =
      new PriorityQueue<>(Comparator.comparingLong(session -> session.timer));
  private long watermark = Long.MIN_VALUE;
  private long count;

  /** What it takes of the heap. */
  private long bytes;

  SessionOperator(int time, Window.Session window, SessionContent<C> content) {
    this.time = time;
    this.gap = window.gap();
    this.columns = window.keys().stream().mapToInt(Integer::intValue).toArray();
    this.content = content;
    this.probe = new SessionKey(columns);
  }

  @Override
  public boolean event(int input, Object[] row, long eventTime) {
    long moment = Times.of(row, time);
    probe.turnTo(row);
    Session<C> before = null;
    Session<C> session = sessions.get(probe);
    while (session != null && session.end < moment) {
      before = session;
      session = session.next;
    }
    if (session == null || session.start > moment + gap) {
      if (watermark >= moment + gap - 1) {
        return false;
      }
      session = begin(row, moment, before, session);
    } else {
      extend(session, moment);
    }
    bytes += content.add(session.content, row);
    return true;
  }

  private Session<C> begin(Object[] row, long moment, Session<C> before, Session<C> after) {
    SessionKey key = before != null ? before.key : after != null ? after.key : probe.copy();
    Session<C> session = new Session<>(key, count++, moment, moment + gap, content.begin(row));
    put(session, before, after);
    return session;
  }

  private void put(Session<C> session, Session<C> before, Session<C> after) {
    session.next = after;
    if (before == null) {
      sessions.put(session.key, session);
    } else {
      before.next = session;
    }
    timers.add(session);
    bytes += session.heap() + content.heap(session.content);
  }

  private void extend(Session<C> session, long moment) {
    session.start = Math.min(session.start, moment);
    session.end = Math.max(session.end, moment + gap);
    for (Session<C> next = session.next;
        next != null && next.start <= session.end;
        next = next.next) {
      session.end = Math.max(session.end, next.end);
      session.number = Math.min(session.number, next.number);
      session.next = next.next;
      bytes -= content.heap(next.content);
      bytes += content.merge(session.content, next.content);
      next.content = null;
      next.merged = true;
    }
  }

  @Override
  public void advance(long to) {
    watermark = to;
    if (timers.isEmpty() || to < timers.peek().timer - 1) {
      return;
    }
    List<Session<C>> ended = new ArrayList<>();
    while (!timers.isEmpty() && to >= timers.peek().timer - 1) {
      Session<C> session = timers.poll();
      if (session.merged) {
        bytes -= session.heap();
        continue;
      }
      if (to >= session.end - 1) {
        remove(session);
        bytes -= session.heap() + content.heap(session.content);
        ended.add(session);
      } else {
        session.timer = session.end;
        timers.add(session);
      }
    }
    ended.sort(
        Comparator.<Session<C>>comparingLong(session -> session.end)
            .thenComparingLong(session -> session.number));
    for (Session<C> session : ended) {
      content.give(session.content, session.start, session.end);
    }
  }

  private void remove(Session<C> session) {
    Session<C> first = sessions.get(session.key);
    if (first == session) {
      if (session.next == null) {
        sessions.remove(session.key);
      } else {
        sessions.put(session.key, session.next);
      }
      return;
    }
    Session<C> before = first;
    while (before.next != session) {
      before = before.next;
    }
    before.next = session.next;
  }

  @Override
  public long delay() {
    return WindowRows.DELAY;
  }

  @Override
  public boolean waits() {
    return !sessions.isEmpty();
  }

  @Override
  public long remembers() {
    return bytes;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(watermark);
    out.writeLong(count);
    out.writeInt(sessions.size());
    for (Session<C> first : sessions.values()) {
      out.writeValues(first.key.values);
      for (Session<C> session = first; session != null; session = session.next) {
        out.writeBoolean(true);
        out.writeLong(session.number);
        out.writeLong(session.start);
        out.writeLong(session.end);
        content.save(session.content, out);
      }
      out.writeBoolean(false);
    }
  }

  @Override
  public void restore(StateReader in) {
    watermark = in.readLong();
    count = in.readLong();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      SessionKey key = new SessionKey(columns, in.readValues());
      Session<C> before = null;
      while (in.readBoolean()) {
        long number = in.readLong();
        long start = in.readLong();
        long end = in.readLong();
        Session<C> session = new Session<>(key, number, start, end, content.restore(in));
        put(session, before, null);
        before = session;
      }
    }
  }
}

package io.millrace.connector.file.sink;

import io.millrace.schemas.event.SelfDescribingDecoder.Event;
import io.millrace.schemas.json.EventJson;
import io.millrace.schemas.type.RowType;
import java.nio.charset.StandardCharsets;

/** One JSON object a line, in UTF-8, nested as the event is. */
final class JsonLinesEncoder implements RowEncoder {

  private final EventJson json;
  private final StringBuilder out = new StringBuilder(8192);

  JsonLinesEncoder(RowType layout) {
    this.json = new EventJson(layout);
  }

  @Override
  public byte[] header() {
    return new byte[0];
  }

  @Override
  public void add(Event event, byte[] original) {
    int start = out.length();
    try {
      json.append(out, event.row());
    } catch (RuntimeException e) {
      out.setLength(start);
      throw e;
    }
    // A value of type JSON stands as it came; outside of strings a line break is only white space.
    for (int i = start; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c == '\n' || c == '\r') {
        out.setCharAt(i, ' ');
      }
    }
    out.append('\n');
  }

  @Override
  public int pending() {
    return out.length();
  }

  @Override
  public byte[] take() {
    byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
    out.setLength(0);
    return bytes;
  }

  @Override
  public void reset() {
    out.setLength(0);
  }
}

package io.millrace.control.web;

import io.millrace.control.ControlError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param nextCursor what to ask for the next page with; null on the last one
 */
public record Page<T>(List<T> items, String nextCursor) {

  private static final int MOST = 500;

  /** How many items a page has, for what a caller asked. */
  public static int size(Integer limit) {
    return Math.clamp(limit == null ? 100 : limit, 1, MOST);
  }

  /**
   * A page of a list of which one item more than its size was fetched.
   *
   * @param position what the next page starts after, of the last item
   */
  public static <T> Page<T> of(List<T> fetched, int size, Function<T, String> position) {
    if (fetched.size() <= size) {
      return new Page<>(fetched, null);
    }
    List<T> items = fetched.subList(0, size);
    String last = position.apply(items.getLast());
    return new Page<>(
        items,
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(last.getBytes(StandardCharsets.UTF_8)));
  }

  /** What a cursor stands for; empty for none. */
  public static String position(String cursor) {
    if (cursor == null || cursor.isBlank()) {
      return "";
    }
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ControlError.INVALID_CURSOR.with(cursor).because(e);
    }
  }

  /** The same page of other items. */
  public <R> Page<R> map(Function<T, R> each) {
    return new Page<>(items.stream().map(each).toList(), nextCursor);
  }
}

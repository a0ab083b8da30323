package io.millrace.rows;

import io.millrace.rows.code.CompiledBranch;
import io.millrace.rows.code.CompiledBranch.Wave;
import io.millrace.rows.code.RowStep;
import io.millrace.rows.library.RowException;
import java.util.ArrayList;
import java.util.List;

/** Drives a compiled branch over batches. */
final class Branch {
  private static final Object[][] NO_HITS = {};

  private final String input;
  private final List<Wave> waves;
  private final RowStep last;
  private final List<String> caches;

  Branch(CompiledBranch compiled) {
    this.input = compiled.input();
    this.waves = compiled.waves();
    this.last = compiled.last();
    this.caches = compiled.caches();
  }

  String input() {
    return input;
  }

  void process(List<Object[]> rows, CacheReader reader, RowSink sink) {
    if (waves.isEmpty()) {
      for (int i = 0; i < rows.size(); i++) {
        project(i, rows.get(i), NO_HITS, sink);
      }
      return;
    }
    Object[][][] hits = new Object[rows.size()][][];
    int[] alive = new int[rows.size()];
    int count = rows.size();
    for (int i = 0; i < count; i++) {
      alive[i] = i;
      hits[i] = new Object[caches.size()][];
    }
    for (Wave wave : waves) {
      count = look(wave, rows, alive, count, hits, reader, sink);
    }
    for (int a = 0; a < count; a++) {
      int i = alive[a];
      project(i, rows.get(i), hits[i], sink);
    }
  }

  /** Returns how many rows are still alive; {@code alive} holds their positions. */
  private int look(
      Wave wave,
      List<Object[]> rows,
      int[] alive,
      int count,
      Object[][][] hits,
      CacheReader reader,
      RowSink sink) {
    List<CacheLookup> lookups = new ArrayList<>(wave.size());
    for (int j = 0; j < wave.size(); j++) {
      lookups.add(new CacheLookup(caches.get(wave.first() + j)));
    }
    int[] asked = new int[count * wave.size()];
    int left = 0;
    for (int a = 0; a < count; a++) {
      int i = alive[a];
      Object[] keys;
      try {
        keys = wave.keys().apply(rows.get(i), hits[i]);
      } catch (RowException e) {
        sink.failed(new RowError(i, e.code(), e.getMessage(), e.expression()));
        continue;
      }
      if (keys == null) {
        continue;
      }
      for (int j = 0; j < wave.size(); j++) {
        asked[left * wave.size() + j] =
            keys[j] == null ? -1 : lookups.get(j).ask((Object[]) keys[j]);
      }
      alive[left++] = i;
    }
    List<CacheLookup> wanted = lookups.stream().filter(l -> l.size() > 0).toList();
    if (!wanted.isEmpty()) {
      reader.read(wanted);
    }
    for (int j = 0; j < wave.size(); j++) {
      int missed = 0;
      for (int a = 0; a < left; a++) {
        int at = asked[a * wave.size() + j];
        Object[] hit = at < 0 ? null : lookups.get(j).answered(at);
        hits[alive[a]][wave.first() + j] = hit;
        if (hit == null) {
          missed++;
        }
      }
      if (missed > 0) {
        sink.missed(caches.get(wave.first() + j), missed);
      }
    }
    return left;
  }

  private void project(int index, Object[] row, Object[][] hits, RowSink sink) {
    Object[] result;
    try {
      result = last.apply(row, hits);
    } catch (RowException e) {
      sink.failed(new RowError(index, e.code(), e.getMessage(), e.expression()));
      return;
    }
    if (result != null) {
      sink.row(index, result);
    }
  }
}

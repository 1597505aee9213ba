package io.dealimpact.source.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The text files of an archive, one after the other. Before each stands a line with {@link #MARK}
 * and its name, so that a reader takes its first line for a header.
 */
public final class ZipMembers extends InputStream {
  /** The first character of the line before a file. */
  public static final char MARK = '\u001D';

  private final ZipInputStream zip;
  private InputStream current = InputStream.nullInputStream();
  private boolean ended;
  private boolean hasMember;

  ZipMembers(InputStream in) {
    // Names that say so are UTF-8 all the same; any byte of the others is a letter.
    zip = new ZipInputStream(in, StandardCharsets.ISO_8859_1);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (!ended) {
      int n = current.read(bytes, offset, length);
      if (n > 0 || length == 0) {
        return n;
      }
      advance();
    }
    return -1;
  }

  /** From a member's mark to its content, and from there to the next one's mark. */
  private void advance() throws IOException {
    if (hasMember && current != zip) {
      current = zip;
      return;
    }
    ZipEntry entry = next();
    while (entry != null && !isText(entry)) {
      entry = next();
    }
    if (entry == null) {
      if (!hasMember) {
        throw new IOException("it holds no .csv, .txt or .tsv file, or is no archive");
      }
      ended = true;
      return;
    }
    String name = entry.getName().replaceAll("[\\r\\n]", " ");
    String mark = (hasMember ? "\n" : "") + MARK + name + "\n";
    hasMember = true;
    current = new ByteArrayInputStream(mark.getBytes(StandardCharsets.UTF_8));
  }

  private ZipEntry next() throws IOException {
    try {
      return zip.getNextEntry();
    } catch (IllegalArgumentException error) {
      throw new IOException("the name of one of its files is no UTF-8", error);
    }
  }

  private static boolean isText(ZipEntry entry) {
    String name = entry.getName().toLowerCase(Locale.ROOT);
    boolean isHidden = name.startsWith("__macosx/") || name.contains("/.");
    return !entry.isDirectory()
        && !isHidden
        && (name.endsWith(".csv") || name.endsWith(".txt") || name.endsWith(".tsv"));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}

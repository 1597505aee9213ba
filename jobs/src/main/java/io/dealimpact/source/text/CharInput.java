package io.dealimpact.source.text;

import com.github.luben.zstd.ZstdInputStream;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The characters of a landing file: decompressed, decoded as UTF-8 (or as UTF-16, where a mark says
 * so), without a byte order mark.
 *
 * <p>Damage to the file (compressed data that end early or are corrupt) ends the characters and is
 * reported by {@link #takeDamage()}, so that all that came before it is read. Bytes that are not
 * UTF-8 become U+FFFD. A failure of the storage is neither: it is thrown as {@link
 * java.io.UncheckedIOException}, so that the task is tried again.
 */
public final class CharInput implements Closeable {
  /** Longest look ahead: two records. */
  public static final int MARK_CHARS = 2 * RawRecord.MAX_CHARS + (1 << 16);

  /**
   * What is wrong with the file.
   *
   * @param rule broken
   * @param detail ready for a message
   */
  public record Damage(ReadRule rule, String detail) {}

  private final StorageStream storage;
  private final BufferedReader reader;
  private Damage damage;
  private Damage untold;

  private CharInput(InputStream raw, Compression compression) throws IOException {
    storage = new StorageStream(raw);
    BufferedInputStream bytes = new BufferedInputStream(decompressed(compression), 1 << 16);
    reader =
        new BufferedReader(
            new InputStreamReader(
                bytes,
                charset(bytes)
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)),
            1 << 16);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
  }

  public static CharInput open(InputStream raw, Compression compression) throws IOException {
    return new CharInput(raw, compression);
  }

  public Reader reader() {
    return reader;
  }

  /** Whether the characters ended because the file is damaged. */
  boolean isDamaged() {
    return damage != null;
  }

  /** The damage, the first time it is asked for after it was met. */
  public Optional<Damage> takeDamage() {
    Optional<Damage> taken = Optional.ofNullable(untold);
    untold = null;
    return taken;
  }

  /** Reads the rest and returns the sha256 of all bytes, in hexadecimal. */
  public String drain() throws IOException {
    return HexFormat.of().formatHex(storage.drain());
  }

  @Override
  public void close() throws IOException {
    reader.close();
    storage.close();
  }

  /** UTF-16 where a mark says so, as Excel writes it; else UTF-8. */
  private static Charset charset(BufferedInputStream bytes) throws IOException {
    bytes.mark(2);
    int first = bytes.read();
    int second = bytes.read();
    bytes.reset();
    boolean isUtf16 = (first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF);
    return isUtf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }

  private InputStream decompressed(Compression compression) {
    try {
      return switch (compression) {
        case NONE -> storage;
        case GZIP -> new Salvage(new GZIPInputStream(storage, 1 << 16));
        case ZSTD -> new Salvage(new ZstdInputStream(storage));
        case ZIP -> new Salvage(new ZipMembers(storage));
      };
    } catch (IOException e) {
      note(e);
      return InputStream.nullInputStream();
    }
  }

  private void note(IOException e) {
    boolean cut = e instanceof EOFException || String.valueOf(e.getMessage()).contains("Truncated");
    damage =
        new Damage(
            cut ? ReadRule.TRUNCATED_FILE : ReadRule.UNREADABLE_FILE,
            cut
                ? "the compressed file ends in the middle; what came before was read"
                : String.format(
                    Locale.ROOT,
                    "the compressed data are damaged (%s); what came before was read",
                    e.getMessage()));
    untold = damage;
  }

  /** Ends where decompression fails; the decoder would throw away what it has just decoded. */
  private final class Salvage extends InputStream {
    private final InputStream in;

    Salvage(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (damage != null) {
        return -1;
      }
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        note(e);
        return -1;
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}

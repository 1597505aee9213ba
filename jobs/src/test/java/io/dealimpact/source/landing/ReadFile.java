package io.dealimpact.source.landing;

import com.github.luben.zstd.Zstd;
import io.dealimpact.run.Sha256;
import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.vendor.VendorFormat;
import io.dealimpact.source.vendor.VendorFormats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Reads one file as an executor would, without Spark. */
final class ReadFile {
  private ReadFile() {}

  static List<RawRecord> of(String path, String content) {
    return of(path, content.getBytes(StandardCharsets.UTF_8));
  }

  static List<RawRecord> of(String path, byte[] content) {
    LandingFile file = file(path, content.length, sha256(content));
    List<RawRecord> records = new ArrayList<>();
    try (FileRecords reader = new FileRecords(file, p -> new ByteArrayInputStream(content))) {
      reader.forEachRemaining(records::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  /** Opens a stream that can be read once; its digest is not known beforehand. */
  static LandingFile file(String path, long bytes, String sha256) {
    VendorFormats.Found.Known known = (VendorFormats.Found.Known) VendorFormats.of(path);
    return new LandingFile(known.feed(), path, path, bytes, sha256);
  }

  static VendorFormat format(String path) {
    return ((VendorFormats.Found.Known) VendorFormats.of(path)).format();
  }

  static String sha256(byte[] content) {
    return HexFormat.of().formatHex(Sha256.start().digest(content));
  }

  static byte[] gzip(String content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] zstd(String content) {
    return Zstd.compress(content.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code prefix}, then {@code unit} so many times, then {@code suffix}, never in memory. */
  static InputStream repeated(String prefix, String unit, long times, String suffix) {
    byte[] head = prefix.getBytes(StandardCharsets.UTF_8);
    byte[] body = unit.getBytes(StandardCharsets.UTF_8);
    byte[] tail = suffix.getBytes(StandardCharsets.UTF_8);
    long middle = head.length + body.length * times;
    return new InputStream() {
      private long at;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        int n = 0;
        while (n < length && at < middle + tail.length) {
          byte[] part = at < head.length ? head : at < middle ? body : tail;
          int from =
              (int)
                  (at < head.length
                      ? at
                      : at < middle ? (at - head.length) % body.length : at - middle);
          int copied = Math.min(length - n, part.length - from);
          System.arraycopy(part, from, bytes, offset + n, copied);
          n += copied;
          at += copied;
        }
        return n == 0 && length > 0 ? -1 : n;
      }
    };
  }

  static String value(Feed feed, RawRecord record, String column) {
    return record.values()[feed.indexOf(column)];
  }

  /** {@code line:read_error} of each record that has one. */
  static List<String> errors(List<RawRecord> records) {
    return records.stream()
        .filter(record -> record.error() != null)
        .map(record -> record.line() + ":" + record.error().id())
        .toList();
  }
}
